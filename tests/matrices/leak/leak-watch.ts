import { type FSWatcher, readFileSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import type { Practice } from '../../../source/practice/practice.ts';
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
			// It came and went: that it was there is seen anyway.
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
 * Everything that runs in the pods, but what is told of in the docs: pxctl takes keys as arguments only, and the token of
 * PX-Security from its environment.
 */
export function watchPods({ clusters }: Practice): () => Places {
	const seen: [place: string, what: string][] = [];
	const ends = Object.values(clusters).map(cluster =>
		cluster.listenInPods(({ words, environment }) => {
			const argv = words.join(' ');
			if (isPxctlCreating.test(argv)) return;
			const others = [...environment].filter(([name]) => name !== 'PXCTL_AUTH_TOKEN');
			seen.push([`process ${seen.length} in a pod (${argv.slice(0, 60)})`, `${argv}\n${others.join('\n')}`]);
		}),
	);
	return () => {
		for (const end of ends) end();
		return Object.fromEntries(seen);
	};
}

const isPxctlCreating = /^(timeout \d+ |\S*sh |\S*node )?\S*\/opt\/pwx\/bin\/pxctl credentials create /;
