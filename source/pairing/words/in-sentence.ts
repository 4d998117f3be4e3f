/** A name in the middle of a sentence. `JSON key file` stays as it is. */
export const inSentence = (name: string): string =>
	/^(?:[A-Z]{2}|Portworx)/.test(name) ? name : `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
