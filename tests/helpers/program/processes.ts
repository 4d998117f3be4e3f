import { readdirSync, readFileSync } from 'node:fs';

/** What `ps` would have shown of a process to anyone who looked; arguments with blanks between them. */
export type Sighting = Readonly<{ argv: string; environment: string }>;

export type Watch = Readonly<{
	/** Resolves as soon as a program with such arguments is seen. */
	saw(argv: RegExp): Promise<void>;
	/** Ends it, and tells what was seen. */
	stop(): readonly Sighting[];
}>;

/** Looks at the descendants of a process a thousand times a second: to start a program takes longer than that. */
export function watchDescendants(pid: number): Watch {
	const seen = new Map<string, Sighting>();
	const awaited = new Map<RegExp, () => void>();
	let watching = true;
	const look = () => {
		for (const descendant of descendantsOf(pid)) {
			const sighting = { argv: argvOf(descendant), environment: read(descendant, 'environ') };
			// Between fork and exec a child is a copy of its parent.
			if (sighting.argv === '' || sighting.argv === argvOf(pid)) continue;
			seen.set(JSON.stringify(sighting), sighting);
			for (const [argv, resolve] of awaited) {
				if (argv.test(sighting.argv)) resolve();
			}
		}
		if (watching) {
			setTimeout(look, 1);
		}
	};
	look();
	return {
		saw: argv => new Promise(resolve => awaited.set(argv, resolve)),
		stop() {
			watching = false;
			return [...seen.values()];
		},
	};
}

/** The arguments of every process whose environment holds the text: what a program left running. */
export function processesWith(text: string): string[] {
	return readdirSync('/proc')
		.filter(name => /^\d+$/.test(name) && read(Number(name), 'environ').includes(text))
		.map(name => argvOf(Number(name)));
}

/** Node starts programs from its main thread, and shells have no other. */
function descendantsOf(pid: number): number[] {
	const children = read(pid, `task/${pid}/children`).split(' ').filter(Boolean).map(Number);
	return children.flatMap(child => [child, ...descendantsOf(child)]);
}

const argvOf = (pid: number): string => read(pid, 'cmdline').replaceAll('\0', ' ').trim();

/** Empty when the process is gone. */
function read(pid: number, file: string): string {
	try {
		return readFileSync(`/proc/${pid}/${file}`, 'utf8');
	} catch {
		return '';
	}
}
