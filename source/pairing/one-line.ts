/** One line that can't move a cursor: control characters and line breaks of whatever kind become spaces. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
