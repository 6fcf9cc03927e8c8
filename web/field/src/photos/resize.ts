import type { Bytes } from '../vault/bytes'

/** The longer side of a kept photo, in pixels; enough to read a certificate. */
export const LongSide = 1280

/** Of the small picture that a form shows. */
export const PreviewSide = 320

export function fitted(width: number, height: number, longSide = LongSide): { width: number; height: number } {
  const by = Math.min(1, longSide / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) }
}

/** A photo made small on the phone; what the camera wrote into it (place, phone) is left behind. */
export async function resize(photo: Blob, longSide = LongSide): Promise<Bytes> {
  const picture = await createImageBitmap(photo)
  const canvas = document.createElement('canvas')
  Object.assign(canvas, fitted(picture.width, picture.height, longSide))
  canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return bytesOfCanvas(canvas, 'image/jpeg', 0.72)
}

export function bytesOfCanvas(canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Bytes> {
  return new Promise((done, failed) => canvas.toBlob(b => b ? void b.arrayBuffer().then(a => done(new Uint8Array(a)), failed) : failed(new Error('The picture could not be written.')), type, quality))
}
