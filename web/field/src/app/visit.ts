import { reactive, watch, type WatchStopHandle } from 'vue'
import type { Card } from '../api/types'
import { newDraft, type Draft } from '../form/draft'
import { finish } from '../form/finish'
import { visitPage } from '../form/page'
import { dropDraft, readDraft, saveDraft } from '../store/drafts'
import { handIn } from '../store/outbox'
import { newId } from '../vault/bytes'
import { data, me, noteHouse, opened, recount, session, store, sync, today } from './session'

/** A visit being filled in: every change is on the phone within 300 ms, and at once when the app goes out of sight. */
export interface OpenVisit { draft: Draft; card: Card; save(): Promise<void>; handIn(): Promise<void>; discard(): Promise<void>; leave(): void }

export const SaveWithin = 300

export async function openVisit(card: Card): Promise<OpenVisit> {
  const key = 'visit:' + card.id, page = visitPage(card, data.policy, today())
  const kept = await readDraft<Draft>(store(), opened(), key)
  const draft = reactive(kept ?? newDraft(newId(), card, page, new Date(), today())) as Draft
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
      await handIn(store(), opened(), me(), __APP__, 'visit', visit, files, { title: card.head, household: card.id, code: card.code }, key)
      leave()
      if (draft.place)
        await noteHouse(card.id, draft.place)
      await recount()
      void sync()
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
