import { builtinModules } from 'node:module';
import { relative } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * An `import` of one of Node's own modules reads every property of it: with that undici is loaded for `http`, and the standard
 * streams for `process`, a tenth of the time to the first frame (https://github.com/nodejs/node/issues/59686, open in November
 * 2026; this can go once it is closed). Bundled as modules of reads without effects, the bundler leaves only those that are used.
 */
export const lazyBuiltins = (root: string): Plugin => ({
	name: 'lazy-builtins',
	setup(build) {
		build.onResolve({ filter: builtins }, ({ path, kind, importer }) => {
			if (kind === 'dynamic-import') {
				return { path, external: true };
			}
			// One for each importer: shared ones would become chunks, each a file more to open at the start.
			const name = `${path} for ${relative(root, importer)}`;
			return kind === 'require-call'
				? { path: name, namespace: 'whole-builtin' }
				: { path: name, namespace: 'builtin', sideEffects: false };
		});
		build.onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({ contents: reads(moduleIn(path)) }));
		build.onLoad({ filter: /./, namespace: 'whole-builtin' }, ({ path }) => ({
			contents: `module.exports = ${whole(moduleIn(path))};`,
		}));
	},
});

const builtins = new RegExp(`^(?:node:)?(?:${builtinModules.join('|')})$`);

const moduleIn = (path: string): string => path.split(' for ')[0] ?? path;

const whole = (name: string): string => `process.getBuiltinModule(${JSON.stringify(name)})`;

/** @param name of a module that the Node running this knows; an older one may lack a property, which is then undefined */
function reads(name: string): string {
	const names = Object.keys(process.getBuiltinModule(name) ?? {}).filter(key => key !== 'default');
	return [
		`const whole = /* @__PURE__ */ ${whole(name)};`,
		'export default whole;',
		...names.map(
			(key, index) =>
				`const _${index} = /* @__PURE__ */ (it => it[${JSON.stringify(key)}])(whole);\nexport { _${index} as ${JSON.stringify(key)} };`,
		),
	].join('\n');
}
