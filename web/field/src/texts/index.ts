import { computed, ref, watchEffect } from 'vue'
import { en } from './en'
import { zh } from './zh'
import type { Language } from '../form/values'

const kept = (() => { try { return localStorage.getItem('language') } catch { return null } })()

/** Chinese unless somebody chose otherwise on this phone. */
export const language = ref<Language>(kept === 'en' ? 'en' : 'zh')

/** The texts in the language that is chosen now. */
export const t = computed(() => language.value === 'en' ? en : zh)

watchEffect(() => {
  if (typeof document === 'undefined')
    return
  document.documentElement.lang = language.value === 'en' ? 'en' : 'zh-CN'
  document.title = t.value.app
  try { localStorage.setItem('language', language.value) } catch { /* Private mode keeps nothing. */ }
})
