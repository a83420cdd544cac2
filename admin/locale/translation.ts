/** The type of the same texts in another language. A missing text or one too many is a type error. */
export type Translated<T> = { [K in keyof T]: T[K] extends string ? string : Translated<T[K]> };
