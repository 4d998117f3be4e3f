// What the single executable starts with: the bundle's files are assets inside it, and are imported from there. Nothing is unpacked.
import { registerHooks } from 'node:module';
import { getAsset } from 'node:sea';
import { pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';

/** Addresses below the executable itself: no file can be there, and they are the same at each start, as the compile cache needs it. */
const inside = pathToFileURL(`${process.execPath}/`).href;

registerHooks({
	resolve(specifier, context, next) {
		const url = /^\.|^file:/.test(specifier) ? new URL(specifier, context.parentURL ?? inside).href : '';
		return url.startsWith(inside) ? { url, format: 'module', shortCircuit: true } : next(specifier, context);
	},
	load(url, context, next) {
		return url.startsWith(inside)
			? { format: 'module', source: getAsset(url.slice(inside.length), 'utf8'), shortCircuit: true }
			: next(url, context);
	},
});

// A script that is embedded can import Node's own modules only; one that is compiled like this, any.
new Script(`import(${JSON.stringify(`${inside}pxpair.js`)})`, {
	importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}).runInThisContext();
