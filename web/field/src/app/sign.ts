import { handIn } from '../store/outbox'
import type { ToSign } from '../sign/code'
import { newId } from '../vault/bytes'
import { data, me, opened, recount, session, store, sync } from './session'

/** Signs a visit of somebody else as the person signed in here, and queues it like anything else. */
export async function signVisit(sign: ToSign): Promise<void> {
  const user = me().user, card = data.cards.get(sign.household)
  if (session.signed.includes(sign.visit))
    return
  const content = { id: newId(), visit: sign.visit, household: sign.household, user: user.id, name: user.displayName, unit: user.areaName, signedAt: new Date().toISOString(), hash: sign.hash }
  await handIn(store(), opened(), me(), __APP__, 'signature', content, [], { title: card?.head ?? sign.day, household: sign.household, code: card?.code, signs: sign.visit })
  await recount()
  void sync()
}
