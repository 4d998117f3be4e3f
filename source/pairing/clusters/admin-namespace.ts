/** Stork's own default, wherever it runs. */
const usual = 'kube-system';

/** From Stork's words on its command line: `--admin-namespace=X`, in two words, or with one dash. The older flag counts where the other is not given. */
export function adminNamespaceOf(words: readonly string[]): string {
	return givenWith('admin-namespace', words) || givenWith('migration-admin-namespace', words) || usual;
}

function givenWith(flag: string, words: readonly string[]): string | undefined {
	const is = new RegExp(`^--?${flag}(?:=(.*))?$`);
	const at = words.findLastIndex(word => is.test(word));
	return at < 0 ? undefined : (is.exec(words[at] ?? '')?.[1] ?? words[at + 1]);
}
