import './vant.css'
import './style.css'
import { createApp } from 'vue'
import App from './App.vue'
import { restoreRoute } from './app/route'
import { keepInTouch, session, start } from './app/session'
import { watchTextSize } from './app/text'

restoreRoute()
watchTextSize()
createApp(App).mount('#app')
void start().then(keepInTouch)

// A new version is fetched in the background and waits until the cadre taps for it.
if ('serviceWorker' in navigator && import.meta.env.PROD) {
  window.addEventListener('load', async () => {
    const registration = await navigator.serviceWorker.register('/field/sw.js', { scope: '/field/' }).catch(() => null)
    const look = () => { session.newVersion = Boolean(registration?.waiting && navigator.serviceWorker.controller) }
    registration?.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
    look()
  })
}
