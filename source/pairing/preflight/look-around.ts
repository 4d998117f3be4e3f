import { versionRead } from '../clusters/find-facts.ts';
import type { Clock, World } from '../clusters/ports.ts';
import { inEdition } from '../words/docs.ts';
import { type Finding, problemsAmong, type Topic, topics, withoutMet } from '../words/finding.ts';
import { type Side, sides } from '../words/pair.ts';
import { clusterProblem, type Problem, problemThrown } from '../words/problem.ts';
import { isNamedBy } from '../words/problem-ids.ts';

export type Look = Readonly<{ topic: Topic; on: Side | 'both'; look: () => Promise<readonly Finding[]> }>;

export const onEach = (topic: Topic, look: (side: Side) => Promise<readonly Finding[]>): readonly Look[] =>
	sides.map(side => ({ topic, on: side, look: () => look(side) }));

export type LookingAround = Readonly<{
	world: World;
	clock: Clock;
	signal: AbortSignal;
	/** Errors with these ids become warnings: the person knows better. */
	ignore: readonly string[];
	/** Each group of findings as it comes. */
	tell?: (findings: readonly Finding[]) => void;
}>;

/** Seconds after which a look is given up, whatever it waits for. */
const patience = 25;

/** All looks go on at the same time, and each obstacle that they meet is told once. */
export async function lookAround(looks: readonly Look[], around: LookingAround): Promise<readonly Finding[]> {
	const found = await Promise.all(
		looks.map(async look => {
			const findings = await outcomeOf(look, around);
			around.tell?.(findings);
			return findings;
		}),
	);
	return inOrder(withoutEffects(once(found))).map(finding =>
		linked(demoted(finding, around.ignore), versionRead(around.world)),
	);
}

/** What blocks a look is a finding, too. */
async function outcomeOf(
	{ topic, on, look }: Look,
	{ world, clock, signal }: LookingAround,
): Promise<readonly Finding[]> {
	const enough = new AbortController();
	// A person who has to log in uses up no time of a look.
	const late = Promise.all((on === 'both' ? sides : [on]).map(side => world[side].logIn()))
		.then(() => clock.sleep(patience * 1000, AbortSignal.any([signal, enough.signal])))
		.then((): readonly Finding[] => [{ level: 'error', topic, problem: tooLate(on) }]);
	try {
		return await Promise.race([look(), late]);
	} catch (error) {
		return [{ level: 'error', topic, problem: problemThrown(error) }];
	} finally {
		enough.abort();
	}
}

const tooLate = (on: Side | 'both'): Problem =>
	clusterProblem({
		id: 'timeout',
		...(on !== 'both' && { side: on }),
		title: on === 'both' ? 'One of the clusters timed out' : `The ${on} cluster timed out`,
		evidence: `no result after ${patience} s`,
		remedies: ['Check that its API server is up and that no firewall or VPN drops the connection.'],
	});

/** Nothing is told again that is brought about by something else on the same cluster. */
function withoutEffects(findings: readonly Finding[]): readonly Finding[] {
	const problems = problemsAmong(findings);
	return findings.filter(finding => {
		if (finding.level === 'fact') {
			return true;
		}
		const { id, side } = finding.problem;
		const causes = causesOf[id] ?? [];
		return !problems.some(other => other.side === side && causes.includes(other.id));
	});
}

/** What says more than these do. */
const causesOf: Readonly<Record<string, readonly string[]>> = {
	forbidden: ['permission-missing'],
	'pxctl-failed': [
		'portworx-not-running',
		'portworx-maintenance',
		'portworx-not-answering',
		'px-security-refused',
	],
};

/** Each obstacle once: as an error, if it is one to any of the looks. */
function once(looks: readonly (readonly Finding[])[]): readonly Finding[] {
	const told: Finding[] = [];
	for (const level of ['error', 'warning', 'fact']) {
		for (const look of looks) {
			told.push(
				...withoutMet(
					look.filter(finding => finding.level === level),
					told,
				),
			);
		}
	}
	return told;
}

const inOrder = (findings: readonly Finding[]): readonly Finding[] =>
	[...findings].sort((a, b) => topics.indexOf(a.topic) - topics.indexOf(b.topic));

const demoted = (finding: Finding, ignore: readonly string[]): Finding =>
	finding.level === 'error' && isNamedBy(finding.problem.id, ignore)
		? { ...finding, level: 'warning' }
		: finding;

const linked = (finding: Finding, version: string | undefined): Finding =>
	finding.level === 'fact' ? finding : { ...finding, problem: inEdition(finding.problem, version) };
