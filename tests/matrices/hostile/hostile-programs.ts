import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { builtInClusterPair } from '../../../source/gateways/kubernetes/built-in-generator.ts';
import { loadKubeconfig } from '../../../source/gateways/kubernetes/kubeconfig.ts';
import { large, leavesOf, type Spoil, spoilAt, spoiled } from './hostile-texts.ts';

/** Programs of this machine that the pairing starts: a login plugin of the source, and storkctl. */
export type HostilePrograms = Readonly<{
	/** With the login plugin in it. */
	kubeconfig: string;
	/** Where they are. */
	folder: string;
	spoil(spoil: Spoil | undefined): Promise<void>;
	/** What those say that were started since, and what of it was spoiled. */
	started(): Promise<Readonly<Record<'places' | 'spoiled', readonly string[]>>>;
}>;

type Config = { users: { name: string; user: { token?: string; exec?: object } }[] };

export async function makeHostilePrograms(home: string, kubeconfig: string): Promise<HostilePrograms> {
	const folder = join(home, 'bin');
	await mkdir(folder);
	const config = parse(kubeconfig) as Config;
	const login = config.users.find(({ name }) => name.includes('east'));
	if (!login) {
		throw new Error('no user of the east');
	}
	const { token } = login.user;
	login.user = {
		exec: {
			apiVersion: 'client.authentication.k8s.io/v1',
			command: join(folder, 'login'),
			interactiveMode: 'Never',
		},
	};
	const file = join(home, 'of-programs');
	await writeFile(file, kubeconfig);
	const outputs: Readonly<Record<string, unknown>> = {
		login: {
			apiVersion: 'client.authentication.k8s.io/v1',
			kind: 'ExecCredential',
			status: { token, expirationTimestamp: '2999-01-01T00:00:00Z' },
		},
		'storkctl-east': await specOf(file, 'east'),
		'storkctl-west': await specOf(file, 'west'),
	};
	await script(folder, 'login', 'f=$0');
	await script(folder, 'storkctl', 'f=$0-$(echo "$1" | sed s/.*=//); ns=$5 name=$6');
	const programs = Object.entries(outputs);
	const changed = new Map<string, readonly string[]>();
	return {
		kubeconfig: stringify(config),
		folder,
		async spoil(spoil) {
			changed.clear();
			for (const [name, output] of programs) {
				const places = spoil?.places.filter(place => place.startsWith(`here ${name} `)) ?? [];
				changed.set(name, places);
				await rm(join(folder, `${name}.ran`), { force: true });
				const how = spoil?.how ?? 'NUL';
				const said = places.reduce<unknown>(
					(value, place) => spoilAt(value, place.replace(`here ${name} output `, ''), how),
					output,
				);
				await writeFile(join(folder, `${name}.out`), large(said, how));
				const says = places.some(place => place.endsWith(' error')) ? spoiled(how, 'error: no') : '';
				await writeFile(join(folder, `${name}.err`), large(says, how));
			}
		},
		async started() {
			const files = await readdir(folder);
			const ran = programs.filter(([name]) => files.includes(`${name}.ran`));
			return {
				places: ran.flatMap(([name, output]) => [
					`here ${name} error`,
					...leavesOf(output).map(leaf => `here ${name} output ${leaf}`),
				]),
				spoiled: ran.flatMap(([name]) => changed.get(name) ?? []),
			};
		},
	};
}

const specOf = async (file: string, context: string) => {
	const { contexts } = await loadKubeconfig({ file });
	const entry = contexts.find(({ name }) => name === context);
	if (!entry) {
		throw new Error(`no context ${context}`);
	}
	return builtInClusterPair('destination', entry, 'NAME', 'NAMESPACE');
};

/** Prints what lies beside it; where it has an error to tell, that alone. */
async function script(folder: string, name: string, where: string): Promise<void> {
	const file = join(folder, name);
	await writeFile(
		file,
		`#!/bin/sh
PATH=/usr/bin:/bin
${where}
: > "$f.ran"
[ -s "$f.err" ] && { cat "$f.err" >&2; exit 1; }
sed "s/NAMESPACE/$ns/g; s/NAME/$name/g" "$f.out"
`,
	);
	await chmod(file, 0o755);
}
