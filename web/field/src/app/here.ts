import type { Place } from '../places/distance'

/** Where the phone is, asked once because the cadre tapped for it; null when it cannot be told. Never sent by itself. */
export const findPlace = (): Promise<(Place & { accuracy: number }) | null> => new Promise(done => {
  if (!navigator.geolocation)
    return done(null)
  navigator.geolocation.getCurrentPosition(
    p => done({ lat: p.coords.latitude, lng: p.coords.longitude, accuracy: Math.round(p.coords.accuracy) }), () => done(null),
    { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 })
})
