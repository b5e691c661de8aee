/** A tag's value, as pages set them. */
export type TagValue = string | number | boolean

/** Tags by their name. */
export type Tags = Record<string, TagValue>
