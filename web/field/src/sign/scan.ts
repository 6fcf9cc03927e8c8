interface Detector { detect(from: CanvasImageSource): Promise<{ rawValue: string }[]> }
interface DetectorKind { new(options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> }

/** Longer side of a picture that is looked through, in pixels: more only costs a cheap phone time. */
const Side = 640, Pause = 150

/** Reads square codes from pictures: with the browser's own reader where it has one, else with one that is loaded when needed. */
async function reader(): Promise<(picture: HTMLCanvasElement) => Promise<string | null>> {
  const kind = (globalThis as { BarcodeDetector?: DetectorKind }).BarcodeDetector
  if (kind && (await kind.getSupportedFormats().catch(() => [] as string[])).includes('qr_code')) {
    const detector = new kind({ formats: ['qr_code'] })
    return async picture => (await detector.detect(picture).catch(() => []))[0]?.rawValue ?? null
  }
  const { default: decode } = await import('qr/decode.js')
  return async picture => {
    const image = picture.getContext('2d')!.getImageData(0, 0, picture.width, picture.height)
    try {
      return decode({ width: image.width, height: image.height, data: image.data }) || null
    } catch {
      return null
    }
  }
}

/** Looks through the camera until a code is accepted.
 *  @returns ends it, and the camera with it.
 *  @throws where there is no camera, or it may not be used. */
export async function scan(video: HTMLVideoElement, accept: (text: string) => boolean): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
  let on = true
  const stop = () => {
    on = false
    stream.getTracks().forEach(track => track.stop())
    video.srcObject = null
  }
  video.srcObject = stream
  await video.play().catch(() => undefined)
  const read = await reader(), picture = document.createElement('canvas')
  const look = async () => {
    if (!on)
      return
    if (video.videoWidth > 0) {
      const by = Math.min(1, Side / Math.max(video.videoWidth, video.videoHeight))
      Object.assign(picture, { width: Math.round(video.videoWidth * by), height: Math.round(video.videoHeight * by) })
      picture.getContext('2d', { willReadFrequently: true })!.drawImage(video, 0, 0, picture.width, picture.height)
      const text = await read(picture)
      if (on && text && accept(text))
        return stop()
    }
    setTimeout(() => void look(), Pause)
  }
  void look()
  return stop
}

/** Whether this phone has a camera that a page may ask for. */
export const mayScan = (): boolean => Boolean(navigator.mediaDevices?.getUserMedia)
