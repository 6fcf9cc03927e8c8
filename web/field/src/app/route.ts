import { ref } from 'vue'

export type Screen = 'today' | 'map' | 'queue' | 'settings' | 'household' | 'visit' | 'lead' | 'check' | 'sign'

export interface Route { screen: Screen; id: string | null }

const Known: Screen[] = ['today', 'map', 'queue', 'settings', 'household', 'visit', 'lead', 'check', 'sign']

/** `#/visit/<id>` → where that is; anything else is today. */
export function parse(hash: string): Route {
  const [screen, id] = hash.replace(/^#\/?/, '').split('/')
  return Known.includes(screen as Screen) ? { screen: screen as Screen, id: id || null } : { screen: 'today', id: null }
}

export const route = ref<Route>(parse(typeof location === 'undefined' ? '' : location.hash))

export function go(screen: Screen, id: string | null = null, replace = false): void {
  const hash = '#/' + screen + (id ? '/' + id : '')
  if (replace)
    history.replaceState(null, '', hash)
  else
    history.pushState(null, '', hash)
  arrive()
}

export function back(): void {
  if (history.length > 1 && moved)
    history.back()
  else
    go('today', null, true)
}

let moved = 0

function arrive(): void {
  moved++
  route.value = parse(location.hash)
  try { localStorage.setItem('route', location.hash) } catch { /* Then the app opens on today. */ }
  window.scrollTo(0, 0)
}

/** Opened from the home screen: back to where one was when the phone closed the app. */
export function restoreRoute(): void {
  if (location.hash.length < 3) {
    const last = (() => { try { return localStorage.getItem('route') } catch { return null } })()
    if (last && last.length > 2)
      history.replaceState(null, '', last)
  }
  route.value = parse(location.hash)
  window.addEventListener('popstate', arrive)
}
