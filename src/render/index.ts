export type { Labels } from './labels.ts'
export type { LayerOptions } from './layer.ts'
export { createRenderer, type RendererOptions } from './renderer.ts'
