import { readdirSync, readFileSync } from 'node:fs';

/** What `ps` would have shown of a process to anyone who looked. */
export type Sighting = Readonly<{ argv: string; environment: string }>;

/**
 * Looks at the descendants of a process, and at its own arguments, a thousand times a second: to start a program takes longer than that.
 * `stop` tells what was seen.
 */
export function watchProcesses(pid: number): { stop(): { own: string; descendants: Sighting[] } } {
	const seen = new Map<string, Sighting>();
	let own = '';
	let watching = true;
	const look = () => {
		own = read(pid, 'cmdline') || own;
		for (const descendant of descendantsOf(pid)) {
			const sighting = { argv: read(descendant, 'cmdline'), environment: read(descendant, 'environ') };
			// Between fork and exec a child is a copy of its parent.
			if (sighting.argv !== own && sighting.argv !== '') {
				seen.set(JSON.stringify(sighting), sighting);
			}
		}
		if (watching) {
			setTimeout(look, 1);
		}
	};
	look();
	return {
		stop() {
			watching = false;
			return { own, descendants: [...seen.values()] };
		},
	};
}

/** The arguments of every process whose environment holds the text: what a program left running. */
export function processesWith(text: string): string[] {
	return readdirSync('/proc')
		.filter(name => /^\d+$/.test(name) && read(Number(name), 'environ').includes(text))
		.map(name => read(Number(name), 'cmdline').replaceAll('\0', ' '));
}

function descendantsOf(pid: number): number[] {
	const children = tasks(pid).flatMap(task =>
		read(pid, `task/${task}/children`).split(' ').filter(Boolean).map(Number),
	);
	return children.flatMap(child => [child, ...descendantsOf(child)]);
}

function tasks(pid: number): string[] {
	try {
		return readdirSync(`/proc/${pid}/task`);
	} catch {
		return [];
	}
}

/** Empty when the process is gone. */
function read(pid: number, file: string): string {
	try {
		return readFileSync(`/proc/${pid}/${file}`, 'utf8');
	} catch {
		return '';
	}
}
