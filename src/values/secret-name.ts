const secretName =
  /auth(?!or(?!i[sz]))|token|secret|passw|passcode|passphrase|pwd|credential|signature|sess(ion|id)|csrf|jwt|saml|hmac|api[-_]?key|^(key|sig|code|otp|sid|ticket)$/i

/** Whether a parameter, a header or a field of this name usually holds a secret: `access_token`, `code`, `X-Api-Key`. */
export function isSecretName(name: string): boolean {
  return secretName.test(name)
}
