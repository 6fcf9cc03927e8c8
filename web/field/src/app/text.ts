/** From so many pixels a letter on, bars make room: the head scrolls away, and what only explains is left out of the foot. */
const Large = 22

/** Watches how large the phone's owner wants to read. */
export function watchTextSize(): void {
  const probe = document.createElement('i')
  probe.className = 'probe'
  document.body.append(probe)
  const look = () => document.documentElement.classList.toggle('large-text', probe.offsetWidth >= Large || innerWidth < 300)
  new ResizeObserver(look).observe(probe)
  window.addEventListener('resize', look)
  look()
}
