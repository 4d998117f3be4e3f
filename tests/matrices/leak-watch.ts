import { type FSWatcher, readFileSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { watchDescendants } from '../helpers/processes.ts';
import type { Places } from './leak-search.ts';

/** What lay below folders at any moment, also what was gone in the next. */
export function watchFolder(folder: string, called: string): () => Places {
	const seen = new Map<string, string>();
	const look = (name: string) => {
		const place = `${called}/${name}`;
		try {
			if (!statSync(join(folder, name)).isDirectory()) {
				seen.set(place, `${seen.get(place) ?? ''}\n${readFileSync(join(folder, name), 'latin1')}`);
			}
		} catch {
			// It came and went: that it was there is seen all the same.
			seen.set(place, seen.get(place) ?? '');
		}
	};
	const watcher: FSWatcher = watch(folder, { recursive: true }, (_event, name) => name && look(name));
	return () => {
		watcher.close();
		return Object.fromEntries(seen);
	};
}

/**
 * Everything that runs in pods of this process, but what is told of in the docs: pxctl takes keys as arguments only, and the
 * token of PX-Security from its environment.
 */
export function watchPods(): () => Places {
	const { stop } = watchDescendants(process.pid);
	return () =>
		Object.fromEntries(
			stop()
				.filter(({ environment }) => environment.includes('PRACTICE_ROOT='))
				.filter(({ argv }) => !isPxctlCreating.test(argv))
				.map(({ argv, environment }, index) => [
					`process ${index} in a pod (${argv.slice(0, 60)})`,
					`${argv}\n${environment.replace(/PXCTL_AUTH_TOKEN=[^\0]*/, '')}`,
				]),
		);
}

const isPxctlCreating = /^(timeout \d+ |\S*sh |\S*node )?\S*\/opt\/pwx\/bin\/pxctl credentials create /;
