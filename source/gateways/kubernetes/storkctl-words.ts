import { shortLine } from '../../pairing/words/outside-text.ts';

/**
 * What storkctl says of a failure, if it is one of the sentences known to hold names alone. The others are not repeated:
 * client-go's own error about a kubeconfig prints all of its users, tokens and passwords among them.
 */
export function wordsOfStorkctl(stderr: string): string {
	if (stderr.trim() === '') {
		return 'without output';
	}
	const line = shortLine(stderr.slice(0, 2000));
	const known = sentences.map(sentence => sentence.exec(line)?.[0]).find(Boolean);
	return known ?? 'its output is not shown, because it can contain tokens';
}

const sentences: readonly RegExp[] = [
	/error: context "[^"]{1,253}" does not exist/,
	/error: the (Name|Namespace) "[^"]{1,253}" is not valid: \[?a lowercase RFC 1123 (label|subdomain) must [\w\s.,;:'"()*?[\]{}|\\/+-]{1,400}/,
	/error: unknown (command|flag|shorthand flag)[\w :'"-]{1,80}/,
	/error: invalid configuration: no configuration has been provided/,
	/unable to read (certificate-authority|client-cert|client-key|tokenFile) [^\s:]{1,255}/,
	/(client-key-data or client-key|command|apiVersion) must be specified for [^\s:]{1,253}/,
	/error: exec plugin: invalid apiVersion "[\w./-]{1,100}"/,
];
