import { basename, join } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import vue from '@vitejs/plugin-vue'
import { build as bundle, type Rolldown } from 'vite'
import { accountForm } from '../browser/edit/pages/account-form.ts'
import { materialPage } from '../browser/edit/pages/material-page.ts'
import { type Build, nextBuild } from '../browser/edit/pages/next-build.ts'
import { orderTable } from '../browser/edit/pages/order-table.ts'
import { tailwindPage } from '../browser/edit/pages/tailwind-page.ts'
import type { SitePage } from './site.ts'

const folder = join(import.meta.dirname, '../browser/edit/pages')

interface PageKind {
  name: string
  /** A script that draws the page, from its source; else what a server wrote. */
  entry?: string
  html?: (build: Build) => string
  headers?: Record<string, string>
}

/** Ten kinds of pages that selectors have a hard time with. */
export const pageKinds: readonly PageKind[] = [
  { name: 'React: MUI, emotion, CSS modules', entry: 'react-app.tsx' },
  { name: 'Vue: scoped styles, CSS modules', entry: 'vue-app.ts' },
  { name: 'Tailwind, Headless UI', html: tailwindPage },
  { name: 'table of many same rows', html: orderTable },
  { name: 'shadow DOM', entry: 'shadow-roots.ts' },
  { name: 'open dialog: Radix, styled-components', entry: 'radix-dialog.tsx' },
  { name: 'virtual list', entry: 'virtual-list.ts' },
  {
    name: 'strict CSP, written by a server',
    html: accountForm,
    headers: { 'content-security-policy': "default-src 'none'; script-src 'self'; img-src *" },
  },
  {
    name: 'Trusted Types, Angular Material',
    html: materialPage,
    headers: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types 'none'" },
  },
  { name: 'router that eats the hash: Svelte', entry: 'svelte-app.ts' },
]

/** A page as one of its builds serves it, with scripts in files of their own. */
export async function builtPage(
  { entry, html, headers = {} }: PageKind,
  build: Build,
  scripts: string[],
): Promise<Record<string, SitePage>> {
  const { script, style } = entry ? await bundled(entry, build) : { script: '', style: '' }
  const name = `/${entry ?? html?.name}-${build}`
  const tags = [...(entry ? [`${name}.js`] : []), ...scripts].map(
    each => `<script src="${each}" defer></script>`,
  )
  return {
    [name]: {
      html: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title>${style && `<style>${style}</style>`}${tags.join('')}${html?.(build) ?? ''}`,
      headers,
    },
    [`${name}.js`]: { html: script, headers: { 'content-type': 'text/javascript' } },
  }
}

async function bundled(entry: string, build: Build): Promise<{ script: string; style: string }> {
  const { hash } = nextBuild(build)
  const { output } = (await bundle({
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    define: { BUILD: String(build), 'process.env.NODE_ENV': '"production"' },
    plugins: [
      vue({ features: { componentIdGenerator: file => hash(basename(file)) } }),
      svelte({
        configFile: false,
        compilerOptions: { cssHash: ({ filename }) => `svelte-${hash(basename(filename))}` },
      }),
    ],
    // A test runner's NODE_ENV would ask for React's development build here.
    oxc: { jsx: { runtime: 'automatic', development: false } },
    css: {
      modules: {
        generateScopedName: (name, file) =>
          `${basename(file).split('.')[0]}_${name}__${hash(name + basename(file))}`,
      },
    },
    build: {
      write: false,
      minify: false,
      cssCodeSplit: false,
      rolldownOptions: { input: join(folder, entry), output: { format: 'iife' } },
    },
  })) as Rolldown.RolldownOutput
  const style = output.find(file => file.type === 'asset' && file.fileName.endsWith('.css'))
  return {
    script: output.find(file => file.type === 'chunk')?.code ?? '',
    style: style?.type === 'asset' ? String(style.source) : '',
  }
}
