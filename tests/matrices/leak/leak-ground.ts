import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Fault, RequestRecord } from '../../../source/practice/contract.ts';
import type { Canaries } from '../../helpers/canaries.ts';
import { type Ground, type GroundOptions, openGround } from '../../helpers/program/ground.ts';
import { callProgram, type Said } from '../../helpers/program/in-process.ts';
import type { Answer } from './leak-answers.ts';
import { census, filesIn, leaksIn, leaksInRequests, secretsOf } from './leak-search.ts';

/** Ways to pair, each with secrets of its own. */
export const variants = {
	s3: { scenario: 's3', store: 's3' },
	azure: { scenario: 'azure', store: 'azure' },
	google: { scenario: 'google', store: 'google' },
	none: { scenario: 's3', store: 'none', answers: { location: 'on-premises' } },
	secured: { scenario: 'secured', store: 's3' },
	'service account': { scenario: 's3', store: 's3', flags: ['--service-account'] },
	'both ways': { scenario: 's3', store: 's3', flags: ['--both-ways'] },
	'login plugin': { scenario: 'login-plugin', store: 's3', flags: ['--service-account'] },
	certificate: {
		scenario: 's3',
		store: 's3',
		override: ({ east, west }) => ({
			east: { ...east, login: 'certificate' },
			west: { ...west, login: 'certificate' },
		}),
	},
	proxy: {
		scenario: 's3',
		store: 's3',
		override: ({ east, west }) => ({ east: { ...east, login: 'certificate', proxy: 'here' }, west }),
	},
} as const satisfies Readonly<Record<string, VariantOptions>>;

type VariantOptions = GroundOptions & Readonly<{ flags?: readonly string[] }>;

export type Variant = keyof typeof variants;

export const flagsOf = (variant: Variant): readonly string[] =>
	(variants[variant] as VariantOptions).flags ?? [];

/** One of the questions that a command asks, however often; a job in a pod by its number, since all look the same. */
export type Place = string;

export type LeakGround = AsyncDisposable &
	Readonly<{
		ground: Ground;
		/** Removes the records of earlier cases: each was searched after each of its commands, and would be again and again. */
		forget(): Promise<void>;
		/** Runs a command in this process and searches all that it said, kept and sent. The places are those it came by. */
		try(
			args: readonly string[],
			hostile?: Readonly<{ at: Place; answer: Answer }>,
		): Promise<Said & Readonly<{ places: readonly Place[]; leaks: readonly string[] }>>;
	}>;

export async function openLeakGround(variant: Variant): Promise<LeakGround> {
	let hook: (cluster: string, request: RequestRecord) => Fault | undefined = () => undefined;
	const ground = await openGround({
		storkInterval: 20,
		...variants[variant],
		fault: { east: request => hook('east', request), west: request => hook('west', request) },
	});
	const { practice, sandbox, secrets } = ground;
	const home = join(dirname(sandbox.work), 'inside');
	const given: Canaries = secrets.all;
	const environment = {
		PATH: join(dirname(sandbox.work), 'bin'),
		HOME: home,
		KUBECONFIG: join(sandbox.work, 'kubeconfig'),
		XDG_STATE_HOME: home,
		ID: secrets.accessKeyId,
		SECRET: secrets.secretAccessKey,
		ACCOUNT: secrets.accountKey,
	};
	const execUrls = new Set<string>();
	return {
		ground,
		forget: () => rm(home, { recursive: true, force: true }),
		async try(args, hostile) {
			const places: Place[] = [];
			// What was received before was searched then.
			for (const { requests } of Object.values(practice.clusters)) requests.length = 0;
			const execs = { east: 0, west: 0 };
			const before = secretsOf(practice);
			hook = (cluster, request) => {
				if (request.headers['user-agent'] !== 'pxpair') {
					return undefined;
				}
				const number = request.url.includes('/exec?') ? ++execs[cluster as 'east' | 'west'] : 0;
				const place = placeOf(cluster, request, number);
				places.push(place);
				const isMeant =
					hostile && (place === hostile.at || (number > 0 && number >= execNumber(hostile.at, cluster)));
				return isMeant ? hostile.answer(request, { ...given, ...secretsOf(practice) }) : undefined;
			};
			const said = await callProgram(args, { environment, folder: sandbox.work });
			hook = () => undefined;
			census.cases += 1;
			const all = { ...given, ...before, ...secretsOf(practice) };
			const leaks = [
				...leaksIn({ 'standard output': said.out, 'standard error': said.err }, all),
				...leaksIn(await filesIn(home, 'home'), all),
				...leaksInRequests(practice, given, execUrls),
			];
			census.leaks += leaks.length;
			return { ...said, places: [...new Set(places)], leaks };
		},
		[Symbol.asyncDispose]: () => ground[Symbol.asyncDispose](),
	};
}

function placeOf(cluster: string, { method, url }: RequestRecord, exec: number): Place {
	const [path = '', query = ''] = url.split('?');
	return exec > 0
		? `${cluster} exec #${exec}`
		: `${cluster} ${method} ${path}${query.includes('watch=1') ? ' watch' : ''}`;
}

/** From that one on, all of them: pods stand in for each other. */
function execNumber(place: Place, cluster: string): number {
	const found = /^(\w+) exec #(\d+)$/.exec(place);
	return found && found[1] === cluster ? Number(found[2]) : Number.POSITIVE_INFINITY;
}
