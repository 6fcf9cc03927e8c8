/** Puts the waiting version to use. Drafts and the queue are where they were. */
export async function useNewVersion(): Promise<void> {
  const waiting = (await navigator.serviceWorker.getRegistration('/field/'))?.waiting
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting?.postMessage('use-new-version')
}
