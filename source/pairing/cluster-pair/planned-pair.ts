import type { Endpoint, Mode, PairAnswers } from '../answers/answers.ts';
import type { Direction } from '../answers/direction.ts';
import type { ClusterWorld, World } from '../clusters/ports.ts';
import type { Branch, Manifest } from '../words/manifest.ts';
import { fail } from '../words/problem.ts';
import type { Secret } from '../words/secret.ts';
import { type Account, accountFor, accountToken } from './account.ts';
import { withLogin, withMetadata, withServer, withStorageOptions } from './cluster-pair.ts';
import { labelsOf } from './ownership.ts';

/**
 * The ClusterPair as it should stand for one direction. What it is made of is remembered by the ports.
 * @param pair the answers for this direction
 */
export async function plannedPair(
	world: World,
	{ from, to }: Direction,
	pair: PairAnswers,
	runId: string,
): Promise<Manifest> {
	const [spec, near, options] = await Promise.all([
		travellingSpec(world, { from, to }, pair),
		world[from].discovery.portworx(),
		pair.storage === 'paired' ? storageOptions(world[to], pair) : undefined,
	]);
	return withMetadata(options ? withStorageOptions(spec, options) : spec, {
		labels: labelsOf(runId),
		...(near.secured && { annotations: authAnnotations(near.namespace) }),
	});
}

/** As it is generated, but for the address and the login that were asked for. */
async function travellingSpec(world: World, way: Direction, pair: PairAnswers): Promise<Manifest> {
	const { specGenerator, server } = world[way.to];
	const generated = await specGenerator.generate(pair.name, pair.namespace);
	if (pair.login === 'context') {
		return pair.server ? withServer(generated, pair.server) : generated;
	}
	// The context's address may carry a name and password of its own.
	const spec = withServer(generated, pair.server ?? server);
	const account = await accountFor(world, way, pair);
	const token = await accountToken(world, way, pair, account);
	return token ? withLogin(spec, account.name, token) : tokenMissing(way, account);
}

const tokenMissing = ({ to }: Direction, { name, namespace }: Account): never =>
	fail({
		id: accountTokenMissing,
		title: `The ServiceAccount of the pair has no token on the ${to}`,
		side: to,
		evidence: `ServiceAccount ${namespace}/${name}`,
		remedies: ['Run this again: an earlier step issues it.'],
	});

export const accountTokenMissing = 'account-token-missing';

export async function storageOptions(
	{ discovery, pxctl }: ClusterWorld,
	pair: PairAnswers,
): Promise<{ endpoint: Endpoint; token: Secret; mode?: Mode }> {
	const [endpoint, token] = await Promise.all([
		pair.endpoint ?? discovery.endpoints().then(([best]) => best),
		pxctl.showClusterToken(),
	]);
	return { endpoint, token, ...(pair.mode && { mode: pair.mode }) };
}

/** With PX-Security, Stork needs to know which token to use with its own Portworx. */
export const authAnnotations = (namespace: string): Branch => ({
	'openstorage.io/auth-secret-name': 'px-admin-token',
	'openstorage.io/auth-secret-namespace': namespace,
});
