import { reactive, watch, type WatchStopHandle } from 'vue'
import type { Card } from '../api/types'
import { newDraft, type Draft } from '../form/draft'
import { finish } from '../form/finish'
import { verifies, visitPage, type VisitPage } from '../form/page'
import { newSeed, shortCode, visitIdOf, type ToSign } from '../sign/code'
import { dropDraft, readDraft, saveDraft } from '../store/drafts'
import { handIn } from '../store/outbox'
import { data, me, noteHouse, opened, recount, session, store, sync, today } from './session'

/** A visit being filled in: every change is on the phone within 300 ms, and at once when the app goes out of sight. */
export interface OpenVisit { draft: Draft; card: Card; save(): Promise<void>; /** @returns what a second investigator has to sign on another phone, or null. */ handIn(): Promise<ToSign & { short: string } | null>; discard(): Promise<void>; leave(): void }

export const SaveWithin = 300

/** Begun with a seed from which another phone can work out the visit's id without a signal. */
async function begin(card: Card, page: VisitPage): Promise<Draft> {
  const seed = newSeed(), day = today()
  return { ...newDraft(await visitIdOf(card.id, day, seed), card, page, new Date(), day), seed }
}

export async function openVisit(card: Card): Promise<OpenVisit> {
  const key = 'visit:' + card.id, page = visitPage(card, data.policy, today())
  const kept = await readDraft<Draft>(store(), opened(), key)
  const draft = reactive(kept ?? await begin(card, page)) as Draft
  let timer = 0, closed = false, changes = 0, saved = 0, chain = Promise.resolve()

  const save = () => chain = chain.then(async () => {
    clearTimeout(timer)
    timer = 0
    if (closed || saved === changes)
      return
    const upTo = changes
    try {
      await saveDraft(store(), opened(), key, JSON.parse(JSON.stringify(draft)))
      saved = upTo
      session.unsaved = false
    } catch {
      // No room, or the phone was locked in between: said on the page, tried again at the next change.
      session.unsaved = true
    }
  })
  const stop: WatchStopHandle = watch(draft, () => {
    changes++
    if (!timer)
      timer = window.setTimeout(() => void save(), SaveWithin)
  }, { deep: true, flush: 'sync' })
  const now = () => { if (timer) void save() }
  document.addEventListener('visibilitychange', now)
  window.addEventListener('pagehide', now)
  const leave = () => {
    now()
    stop()
    document.removeEventListener('visibilitychange', now)
    window.removeEventListener('pagehide', now)
  }
  return {
    draft, card, save, leave,
    async handIn() {
      const visit = finish(draft, card, data.policy, me().user, new Date(), today())
      const files = [...new Set([...draft.photos.map(p => p.hash), ...(draft.signature ? [draft.signature] : [])])]
      await chain
      closed = true
      const alone = verifies(draft.purpose) && visit.visitors.length < 2
      let sign: ToSign & { short: string } | null = null
      await handIn(store(), opened(), me(), __APP__, 'visit', visit, files, async hash => {
        if (alone)
          sign = { visit: draft.id, household: card.id, day: draft.day, purpose: draft.purpose, hash, short: draft.seed ? await shortCode(card.id, draft.day, draft.seed, hash) : '' }
        return { title: card.head, household: card.id, code: card.code, ...(sign ? { sign } : {}) }
      }, key)
      leave()
      if (draft.place)
        await noteHouse(card.id, draft.place)
      await recount()
      void sync()
      return sign
    },
    async discard() {
      await chain
      closed = true
      leave()
      await dropDraft(store(), key)
      await recount()
    },
  }
}
