import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson } from '../../../source/pairing/words/json.ts';
import { startPractice } from '../../../source/practice/practice.ts';
import { openRewritingFront, type Pieces, type Rewrite } from '../../helpers/clusters/rewriting-front.ts';
import { callProgram } from '../../helpers/program/in-process.ts';
import { isMark } from '../marks.ts';
import { makeHome } from '../program.ts';
import { stateOf } from '../state.ts';
import { lines, screens } from './hostile-conversations.ts';
import { makeHostilePrograms } from './hostile-programs.ts';
import { large, leavesOf, type Spoil, spoilAt, spoiled as spoiledText } from './hostile-texts.ts';

/** A text that a cluster says, `east GET /api/v1/nodes items[].metadata.name`, or a program, `here login error`. */
export type Place = string;

/** `spoiled`: those of the texts to be changed that came to be said. */
export type Told = Readonly<{ text: string; places: ReadonlySet<Place>; spoiled: ReadonlySet<Place> }>;

/** Two practice clusters, behind servers that change one of the texts that they say. */
export type HostileGround = AsyncDisposable &
	Readonly<{
		/** All that a person gets to see, and what is kept. */
		show(face: Face, spoil?: Spoil): Promise<Told>;
	}>;

export type Face = keyof typeof faces;

/** How what clusters say comes before someone's eyes: as commands, which are run one after the other, or as a conversation. */
const faces = {
	check: [['check', 'answers.yaml']],
	'check --json': [['check', 'answers.yaml', '--json']],
	plan: [['plan', 'answers.yaml']],
	'plan -o json': [['plan', 'answers.yaml', '-o', 'json']],
	runbook: [['plan', 'answers.yaml', '-o', 'markdown']],
	run: [['run', 'answers.yaml', '--timeout=2'], ['status', 'remotecluster'], ['runs'], ['undo', '--yes']],
	'run --json': [
		['run', 'answers.yaml', '--json', '--timeout=2', '--service-account', '--both-ways'],
		['status', '--json', '--source=east', '--destination=west'],
		['undo', '--plan', '--json'],
		['undo', '--yes', '--json'],
	],
	status: [
		['status', '--answers=answers.yaml'],
		['check', '--against=answers.yaml'],
	],
	screens: 'screens',
	lines: 'lines',
} as const;

export const faceNames = Object.keys(faces) as readonly Face[];

export async function openHostileGround(): Promise<HostileGround> {
	let ground: Awaited<ReturnType<typeof openClusters>> | undefined = await openClusters();
	const end = async () => {
		await ground?.[Symbol.asyncDispose]();
		ground = undefined;
	};
	return {
		async show(face, spoil) {
			ground ??= await openClusters();
			const told = await ground.show(face, spoil);
			// What an undo has left that was lied to is not created by the next run, and much that it would say is never said.
			if (!ground.isAsBefore()) await end();
			return told;
		},
		[Symbol.asyncDispose]: end,
	};
}

async function openClusters(): Promise<HostileGround & Readonly<{ isAsBefore(): boolean }>> {
	let places = new Set<Place>();
	let spoil: Spoil | undefined;
	const spoiled = new Set<Place>();
	const spoilJson = (from: string, text: string): Pieces => {
		const value = parseJson(text);
		if (value === undefined) {
			return [text];
		}
		const said = new Set(leavesOf(value).map(leaf => `${from} ${leaf}`));
		for (const place of said) places.add(place);
		const here = spoil?.places.filter(place => said.has(place)) ?? [];
		if (spoil === undefined || here.length === 0) {
			return [text];
		}
		for (const place of here) spoiled.add(place);
		const { how } = spoil;
		const changed = here.reduce<unknown>(
			(left, place) => spoilAt(left, place.slice(from.length + 1), how),
			value,
		);
		return large(changed, how);
	};
	const rewriteOf = (cluster: string): Rewrite => ({
		json: (line, text) => spoilJson(`${cluster} ${line.replace(/\?.*$/, '')}`, text),
		exec(channel, text) {
			if (channel === 3) {
				return spoilJson(`${cluster} EXEC status`, text);
			}
			const lines = text.split('\n').map(line => {
				if (isMark(line)) return line;
				const [, name = '', value = ''] = /^(\s*[A-Za-z ]*: ?|\s*\w*)(.*)$/s.exec(line) ?? [];
				// The time and the UUIDs are others each time.
				const place = `${cluster} EXEC ${channel} ${name.replace(/^[\da-f]{8,}$/, 'CHANCE')}`;
				if (value !== '') places.add(place);
				if (!spoil?.places.includes(place) || value === '') return line;
				spoiled.add(place);
				return `${name}${spoiledText(spoil.how, value)}`;
			});
			const said = lines.join('\n');
			return spoil?.how === '3 MB' ? large(said, spoil.how) : [said];
		},
	});
	const openToPods = new Set<number>();
	const practice = await startPractice({ storkInterval: 20, openToPods });
	const front = await openRewritingFront(practice.kubeconfig, rewriteOf);
	for (const port of front.ports) openToPods.add(port);
	const home = await makeHome(front.kubeconfig, 's3');
	const { folder } = home;
	const runs = join(folder, 'state/pxpair/runs');
	const programs = await makeHostilePrograms(folder, front.kubeconfig);
	const environment: Readonly<Record<string, string>> = { ...home.environment, PATH: programs.folder };
	await writeFile(join(folder, 'kubeconfig'), programs.kubeconfig);

	const beginning = stateOf(practice).join('\n');

	return {
		isAsBefore: () => stateOf(practice).join('\n') === beginning,
		async show(face, given) {
			places = new Set();
			spoiled.clear();
			await programs.spoil(given);
			// What earlier cases kept was looked at then.
			await rm(runs, { recursive: true, force: true });
			await mkdir(runs, { recursive: true });
			spoil = given;
			const said: string[] = [];
			const steps = faces[face];
			if (typeof steps === 'string') {
				said.push(await (steps === 'screens' ? screens : lines)({ environment, folder }));
			} else {
				for (const args of steps) {
					const { out, err } = await callProgram(args, { environment, folder });
					said.push(out, err);
				}
			}
			spoil = undefined;
			const started = await programs.started();
			for (const place of started.places) places.add(place);
			for (const place of started.spoiled) spoiled.add(place);
			return { text: [...said, ...(await recordsIn(runs))].join('\n'), places, spoiled: new Set(spoiled) };
		},
		async [Symbol.asyncDispose]() {
			await Promise.all([front[Symbol.asyncDispose](), practice.close(), home[Symbol.asyncDispose]()]);
		},
	};
}

async function recordsIn(folder: string): Promise<readonly string[]> {
	const names = (await readdir(folder)).filter(name => name.endsWith('.json'));
	const texts = await Promise.all(names.map(name => readFile(join(folder, name), 'utf8')));
	// They are indented by tabs.
	return texts.map(text => text.replaceAll(/^\t+/gm, ''));
}
