/// <reference types="vite/client" />
/** The version of the app, from package.json. */
declare const __APP__: string
/** What the service worker keeps, filled in by the build. */
declare const __FILES__: { url: string; revision: string }[]
