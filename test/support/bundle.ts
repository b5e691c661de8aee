import { build, type Rolldown } from 'vite'

/** A page with nothing but a script: the module and all that it imports, styles too, inside one HTML document. */
export async function bundlePage(entry: string, body = ''): Promise<string> {
  const result = (await build({
    configFile: false,
    logLevel: 'error',
    resolve: { tsconfigPaths: true },
    build: { write: false, minify: false, cssCodeSplit: false, rolldownOptions: { input: entry } },
  })) as Rolldown.RolldownOutput
  const { output } = result
  const script = output.find(file => file.type === 'chunk')?.code ?? ''
  const style = output.find(file => file.type === 'asset' && file.fileName.endsWith('.css'))
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${entry}</title>
<style>${style?.type === 'asset' ? style.source : ''}</style>
${body}
<script type="module">${script.replaceAll('</script', '<\\/script')}</script>`
}
