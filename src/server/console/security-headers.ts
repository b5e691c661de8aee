import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

const self = ["'self'"]
const none = ["'none'"]

/** For each answer of the console what keeps it from harm. */
export function securityHeaders(prefix: string): MiddlewareHandler {
  const [ofPages, ofStage, ofAssets] = [pageHeaders(), stageHeaders(), assetHeaders()]
  return (context, next) => {
    const isIn = (folder: string) => context.req.path.startsWith(`${prefix}/${folder}/`)
    return (isIn('stage') ? ofStage : isIn('assets') ? ofAssets : ofPages)(context, next)
  }
}

/** Nothing inline, nothing from elsewhere, in nobody's frame. */
function pageHeaders(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: none,
      scriptSrc: self,
      styleSrc: self,
      imgSrc: ["'self'", 'data:'],
      connectSrc: self,
      frameSrc: self,
      formAction: self,
      baseUri: none,
      frameAncestors: none,
    },
    xFrameOptions: 'DENY',
    ...common,
  })
}

/**
 * The stage's: in the console's frames alone, and as an origin of its own, so that a draft which is drawn there has
 * neither the console's cookie nor its storage, and reaches nothing.
 */
function stageHeaders(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: none,
      scriptSrc: self,
      styleSrc: self,
      imgSrc: self,
      formAction: none,
      baseUri: none,
      frameAncestors: self,
      sandbox: ['allow-scripts', 'allow-forms'],
    },
    xFrameOptions: 'SAMEORIGIN',
    ...common,
  })
}

/** What is in them, the package has for anybody; the stage, an origin of its own, loads them, too. */
function assetHeaders(): MiddlewareHandler {
  return secureHeaders({ crossOriginResourcePolicy: 'cross-origin', ...common })
}

const common = {
  referrerPolicy: 'same-origin',
  // For the host to say: it may serve other things over http.
  strictTransportSecurity: false,
} as const
