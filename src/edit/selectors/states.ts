/** Words for what an element is in just now, and for how it looks. */
export const states =
  /^(is|has|ng|Mui)-|(^|[-_])(state|active|selected|opene?d?|closed|current|disabled|hover|focus(ed)?|visible|hidden|shown?|collapsed|expanded|checked|highlighted|load(ing|ed)|invalid|valid|dirty|(un)?touched|pristine|first|last|odd|even|dark|light|dragging|enter|leave|fade)$/

/** Of attributes, too: a place, a count, a look. */
export const measures =
  /(^|-)(index|position|count|total|level|orientation|side|align|theme|mode|color|size|variant)$/
