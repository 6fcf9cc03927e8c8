import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope

// The whole app is kept on the phone; data never pass through here.
cleanupOutdatedCaches()
precacheAndRoute(__FILES__)

// Only the app's own page: the desk's pages under /field/ are the server's.
registerRoute(new NavigationRoute(createHandlerBoundToURL('/field/index.html'), { allowlist: [/^\/field\/?(index\.html)?$/] }))

// A new version waits until the cadre taps for it; nobody is thrown out of a form.
self.addEventListener('message', event => {
  if (event.data === 'use-new-version')
    void self.skipWaiting()
})
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))
