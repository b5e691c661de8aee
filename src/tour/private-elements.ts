/** Passwords (shown ones, too), payment cards, one-time codes, and all within `[data-private]`. */
export const privateParts =
  '[data-private], [data-private] *, [type=password], [autocomplete*="-password" i], [autocomplete*="cc-" i], [autocomplete*="one-time-code" i]'
