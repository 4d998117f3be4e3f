import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commonOf } from '../../source/commands/line/options.ts';
import { openServices } from '../../source/commands/wizard/wizard-services.ts';
import { hold } from '../../source/dialogue/hold.ts';
import { Left } from '../../source/dialogue/keyboard.ts';
import { draftOf } from '../../source/pairing/answers/draft.ts';
import { planPairing } from '../../source/pairing/plan.ts';
import { parseJson } from '../../source/pairing/words/json.ts';
import { Secret } from '../../source/pairing/words/secret.ts';
import { startPractice } from '../../source/practice/practice.ts';
import { answersFor } from '../helpers/ground.ts';
import { callProgram, hostIn } from '../helpers/in-process.ts';
import { openRewritingFront, type Pieces, type Rewrite } from '../helpers/rewriting-front.ts';
import { openApp } from '../wizard/open-app.tsx';
import { makeHostilePrograms } from './hostile-programs.ts';
import { large, leavesOf, type Spoil, spoilAt, spoiled } from './hostile-texts.ts';
import { isMark } from './marks.ts';
import { makeHome } from './program.ts';

/** A text that a cluster says, `east GET /api/v1/nodes items[].metadata.name`, or a program, `here login error`. */
export type Place = string;

export type Told = Readonly<{ text: string; places: ReadonlySet<Place>; wasSpoiled: boolean }>;

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
	let places = new Set<Place>();
	let spoil: Spoil | undefined;
	let wasSpoiled = false;
	const spoilJson = (from: string, text: string): Pieces => {
		const value = parseJson(text);
		if (value === undefined) {
			return [text];
		}
		for (const leaf of leavesOf(value)) places.add(`${from} ${leaf}`);
		const here = spoil?.places.filter(place => place.startsWith(`${from} `)) ?? [];
		if (spoil === undefined || here.length === 0) {
			return [text];
		}
		wasSpoiled = true;
		const { how } = spoil;
		const changed = here.reduce<unknown>(
			(spoiled, place) => spoilAt(spoiled, place.slice(from.length + 1), how),
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
				const place = `${cluster} EXEC ${channel} ${name}`;
				if (value !== '') places.add(place);
				if (!spoil?.places.includes(place) || value === '') return line;
				wasSpoiled = true;
				return `${name}${spoiled(spoil.how, value)}`;
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
	const programs = await makeHostilePrograms(folder, front.kubeconfig);
	const environment: Readonly<Record<string, string>> = { ...home.environment, PATH: programs.folder };
	await writeFile(join(folder, 'kubeconfig'), programs.kubeconfig);

	return {
		async show(face, given) {
			places = new Set(programs.places);
			wasSpoiled = await programs.spoil(given);
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
			return {
				text: [...said, ...(await recordsIn(join(folder, 'state')))].join('\n'),
				places,
				wasSpoiled,
			};
		},
		async [Symbol.asyncDispose]() {
			await Promise.all([front[Symbol.asyncDispose](), practice.close(), home[Symbol.asyncDispose]()]);
		},
	};
}

async function recordsIn(state: string): Promise<readonly string[]> {
	const folder = join(state, 'pxpair/runs');
	const names = (await readdir(folder)).filter(name => name.endsWith('.json'));
	const texts = await Promise.all(names.map(name => readFile(join(folder, name), 'utf8')));
	// They are indented by tabs.
	return texts.map(text => text.replaceAll(/^\t+/gm, ''));
}

type Surroundings = Parameters<typeof hostIn>[0];

const draft = draftOf(
	{ ...answersFor('s3'), pair: { name: 'screens' } } as never,
	{ 's3.accessKeyId': new Secret('id'), 's3.secretAccessKey': new Secret('secret') } as never,
);

const services = (surroundings: Surroundings) =>
	openServices(hostIn(surroundings), {
		common: commonOf({}),
		ground: undefined,
		given: [],
		terminal: undefined,
	});

/** What was found, all of its problems, the review with its steps, a run and how it ended. */
async function screens(surroundings: Surroundings): Promise<string> {
	const open = await services(surroundings);
	let work: Promise<unknown> = Promise.resolve();
	const app = await openApp(
		{
			...open,
			look: (...given) => {
				const looked = open.look(...given);
				work = looked;
				return looked;
			},
			run: (...given) => {
				const ran = open.run(...given);
				work = ran;
				return ran;
			},
		},
		{ given: draft, columns: 120, rows: 60 },
	);
	const frames: string[] = [];
	for (const key of ['', 'v', 'q', '\r', '', 'r', '', 'v', 'q']) {
		await work.catch(() => {});
		await app.type(...(key === '' ? [] : [key]));
		frames.push(app.frame());
	}
	await app.stop();
	await open.close();
	return frames.join('\n');
}

/** The same for a screen reader: all that is asked is answered as proposed. */
async function lines(surroundings: Surroundings): Promise<string> {
	const open = await services(surroundings);
	const said: string[] = [];
	let asked = 0;
	await hold({
		services: open,
		draft,
		isGiven: true,
		banner: undefined,
		say: line => void said.push(line),
		keyboard: {
			async read(prompt) {
				said.push(prompt);
				asked += 1;
				if (asked > 12) {
					throw new Left();
				}
				return new Secret(asked % 3 === 0 ? '1' : '');
			},
			during: work => work,
			watch: () => () => {},
		},
		makePlan: planPairing,
		patienceSeconds: 2,
		stopSignal: new AbortController().signal,
	});
	await open.close();
	return said.join('\n');
}
