import { showConfirmDialog } from 'vant/es/dialog'
import { showToast } from 'vant/es/toast'
import { t } from '../texts'

/** Asks before something that cannot be taken back. */
export const sure = (title: string, message: string, action: string): Promise<boolean> =>
  showConfirmDialog({ title, message, confirmButtonText: action, cancelButtonText: t.value.common.cancel, teleport: 'body' }).then(() => true, () => false)

export const tell = (message: string): void => { showToast({ message, position: 'bottom', teleport: 'body' }) }
