import { registerHooks } from 'node:module';

/** Node.js 23.0 to 23.4 have none; there it only takes longer. */
const register: typeof registerHooks | undefined = registerHooks;

/**
 * From here on, what the program imports from its own folder is read from where the import says. Node would look each of the fifty
 * files of a first frame up on the disk and search for the package.json that says what it is: a module, which the build knows.
 *
 * @param folder the address of that folder, ending in a slash
 * @param read the text of the file with that path in it
 */
export function readOwnFiles(folder: string, read: (path: string) => string): void {
	register?.({
		resolve(specifier, context, next) {
			const url = /^\.|^file:/.test(specifier) ? new URL(specifier, context.parentURL ?? folder).href : '';
			return url.startsWith(folder)
				? { url, format: 'module', shortCircuit: true }
				: next(specifier, context);
		},
		load(url, context, next) {
			return url.startsWith(folder)
				? { format: 'module', source: read(url.slice(folder.length)), shortCircuit: true }
				: next(url, context);
		},
	});
}
