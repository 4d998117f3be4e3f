import type { Account } from '../cluster-pair/account.ts';
import type { StepContext } from '../step/step.ts';
import { waitFor } from '../step/wait-for.ts';
import { docs } from '../words/docs.ts';
import type { Side } from '../words/pair.ts';
import { fail, PairingError } from '../words/problem.ts';
import type { Secret } from '../words/secret.ts';

/** Milliseconds: API servers learn of a new Secret one after the other. */
const learning = { patience: 10_000, pause: 1000 };

/**
 * Before a pair uses it: whose token it is to the cluster that issued it. Asked with our own login, since what lies between may take no other.
 * @returns what was seen
 * @throws PairingError when it is not that of the ServiceAccount
 */
export async function proveToken(
	context: StepContext,
	to: Side,
	{ name, namespace }: Account,
	token: Secret,
): Promise<string> {
	const wanted = `system:serviceaccount:${namespace}:${name}`;
	try {
		const user = await waitFor(context, learning, () => context.world[to].api.userOf(token));
		return user === wanted ? 'the API server accepts it' : refused(to, wanted, user);
	} catch (error) {
		if (error instanceof PairingError && unasked.has(error.problem.id)) {
			return "not tried: this login may not ask for a TokenReview, so Stork's login is the first to try it";
		}
		throw error;
	}
}

const unasked: ReadonlySet<string> = new Set(['forbidden', 'not-found']);

const refused = (to: Side, wanted: string, user: string | undefined): never =>
	fail({
		id: 'account-token-refused',
		side: to,
		title: `The ${to} does not accept the new token of the ServiceAccount`,
		evidence:
			user === undefined
				? `TokenReview: not authenticated as ${wanted}`
				: `TokenReview: authenticated as ${user}, not as ${wanted}`,
		remedies: [
			'The pair still has its old token. Look at the log of the API server and at the ServiceAccount.',
			'Then rotate again.',
		],
		docs: docs.serviceAccount,
	});
