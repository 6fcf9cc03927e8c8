import { t } from '../texts'

/** Asks before something that cannot be taken back. */
export const sure = async (title: string, message: string, action: string): Promise<boolean> =>
  (await import('vant/es/dialog')).showConfirmDialog({ title, message, confirmButtonText: action, cancelButtonText: t.value.common.cancel, teleport: 'body' }).then(() => true, () => false)

export const tell = (message: string): void => { void import('vant/es/toast').then(({ showToast }) => showToast({ message, position: 'bottom', teleport: 'body' })) }
