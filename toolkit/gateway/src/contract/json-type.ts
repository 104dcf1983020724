/** A content type that is JSON, with no other charset than UTF-8. */
export const JSON_TYPE =
  /^\s*application\/(?:[\w.!#$&^+-]+\+)?json\s*(?:;(?!\s*charset(?!="?utf-?8"?\s*(?:;|$)))[^;]*)*$/i;
