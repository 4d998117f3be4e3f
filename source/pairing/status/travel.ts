import type { PairAnswers } from '../answers/answers.ts';
import { known } from '../clusters/cluster.ts';
import { learn } from '../clusters/find-facts.ts';
import type { LoginFacts, UserFacts } from '../clusters/login.ts';
import type { ReadPairLogin, World } from '../clusters/ports.ts';
import { travellingLoginFindings } from '../preflight/travel/travelling-login.ts';
import { lookAtWay } from '../preflight/travel/way.ts';
import { shell } from '../words/command.ts';
import { docs } from '../words/docs.ts';
import { type Finding, fact, trouble } from '../words/finding.ts';
import { command } from '../words/way.ts';
import { makeAnew, nameOf, type Standing, specOf } from './standing.ts';

/** Whether what the pair holds, not what it would be given today, still gets Stork and Portworx to the other cluster. */
export async function travelFindings(
	standing: Standing,
	readPairLogin: ReadPairLogin,
	now: number,
): Promise<readonly Finding[]> {
	const { world, way } = standing;
	const { config } = specOf(standing);
	const login = await readPairLogin(config, way.to);
	if (!/^https?:$/.test(URL.parse(login.server)?.protocol ?? '')) {
		return [leadsNowhere(standing)];
	}
	const pair = asCarried(standing);
	const carried = { ...pair, server: login.server };
	const [seen, stork] = await Promise.all([
		lookAtWay(carryingWorld(standing, login), way, carried),
		learn(world[way.from].discovery.stork()),
	]);
	const { reached } = seen;
	const context = String(config['current-context'] || 'in the pair');
	// Of an address that was tried, the way tells more than what it looks like.
	const held = reached === 'untested' ? pair : carried;
	const travel = { way, context, pair: held, stork: known(stork), now, reached };
	const troubles = travellingLoginFindings(login, travel).filter(({ level }) => level !== 'fact');
	return [
		...[...seen.findings, ...troubles].map(alsoAnew),
		fact('login', 'login-carried', way.to, `The pair logs in to the ${way.to} with ${describe(login.user)}`),
	];
}

/** The answers with the pair's own endpoint, and without what its kubeconfig says better: where it leads, and as whom. */
function asCarried({
	pair: { server: _server, endpoint: _endpoint, ...pair },
	...standing
}: Standing): PairAnswers {
	const { ip, port } = specOf(standing).options;
	const isEndpoint = typeof ip === 'string' && ip !== '' && /^\d{1,5}$/.test(String(port));
	return { ...pair, login: 'context', ...(isEndpoint && { endpoint: { ip, port: Number(port) } }) };
}

/** The other cluster as the pair knows it. */
function carryingWorld({ world, way: { to } }: Standing, login: LoginFacts): World {
	return { ...world, [to]: { ...world[to], login: async () => login } };
}

/** Elsewhere these findings are about a pair that is still to be made. */
const alsoAnew = (finding: Finding): Finding =>
	finding.level === 'fact'
		? finding
		: {
				...finding,
				problem: {
					...finding.problem,
					remedies: [
						...finding.problem.remedies,
						command(
							'A pair keeps what it was made with; to change that, replace it',
							shell`pxpair run FILE --existing-pair=replace`,
						),
					],
				},
			};

function describe(user: UserFacts): string {
	switch (user.kind) {
		case 'token':
			return `a token${until(user.until)}`;
		case 'certificate':
			return `a client certificate${until(user.until)}`;
		case 'exec':
			return `the plugin ${user.command || 'without a name'}`;
		case 'auth-provider':
			return `OpenID Connect${until(user.until)}`;
		case 'removed-provider':
			return `the auth-provider ${user.name || 'without a name'}`;
		case 'password':
			return 'a name and a password';
		case 'none':
			return 'no credentials';
	}
}

const until = (time: number | undefined): string =>
	time === undefined
		? ' without an expiry date'
		: ` that expires ${new Date(time).toISOString().slice(0, 10)}`;

const leadsNowhere = (standing: Standing): Finding =>
	trouble('error', 'way', {
		id: 'pair-leads-nowhere',
		side: standing.way.from,
		title: `The ClusterPair ${standing.pair.name} on the ${standing.way.from} has no API server of the ${standing.way.to}`,
		evidence: `ClusterPair ${nameOf(standing)}: its current context has no cluster with an https:// server`,
		remedies: [makeAnew],
		docs: docs.generate,
	});
