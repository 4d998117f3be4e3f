import type { PairAnswers } from '../answers/answers.ts';
import type { Direction } from '../answers/direction.ts';
import {
	type Account,
	accountFor,
	accountNamespace,
	rotationLabel,
	type TokenSecret,
	tokenSecretManifest,
	tokenSecretName,
	tokenSecrets,
} from '../cluster-pair/account.ts';
import { ownObject } from '../cluster-pair/own-object.ts';
import { isOurs, ownLabel } from '../cluster-pair/ownership.ts';
import { secretType } from '../clusters/kubernetes.ts';
import { may } from '../step/permissions-needed.ts';
import type { Step, StepContext } from '../step/step.ts';
import { waitFor } from '../step/wait-for.ts';
import { docs } from '../words/docs.ts';
import type { Manifest } from '../words/manifest.ts';
import type { Side } from '../words/pair.ts';
import { fail } from '../words/problem.ts';
import { answer } from '../words/way.ts';
import { unfinishedRotation } from './unfinished-rotation.ts';

/** Milliseconds that the cluster gets to fill the Secret in. */
const issuing = { patience: 30_000, pause: 250 };

export const issueToken = (way: Direction, pair: PairAnswers, preview: Manifest): Step => {
	const { to } = way;
	const why = 'issue a token for the ServiceAccount of the pair';
	const where = { namespace: accountNamespace };
	const account = ({ world }: StepContext) => accountFor(world, way, pair);
	const own = ownObject({ way, pair, type: secretType, manifest: tokenSecretManifest });
	return {
		id: `issue-token/${to}`,
		title: {
			plan: `Issue a token for the ServiceAccount on the ${to}`,
			doing: `Waiting for a token on the ${to}…`,
			holds: `The ServiceAccount has a token on the ${to}`,
		},
		on: to,
		docs: docs.serviceAccount,
		preview: [{ kind: 'manifest', verb: 'create', on: to, manifest: preview }],
		needs: [
			may(to, 'get', secretType, why, where),
			may(to, 'create', secretType, why, where),
			may(to, 'delete', secretType, 'undo the token of the ServiceAccount', { ...where, for: 'undo' }),
		],
		async check(context) {
			const who = await account(context);
			const secrets = await tokenSecrets(context.world[to], who);
			const [first] = secrets;
			const name = `${who.namespace}/${first?.name ?? tokenSecretName(who.name)}`;
			refuseThoseOfOthers(to, secrets);
			const unfinished = unfinishedRotation(to, secrets);
			return secrets.some(({ token }) => token !== undefined)
				? {
						kind: 'holds',
						evidence: `in the Secret ${name}`,
						...(unfinished && { warnings: [unfinished] }),
					}
				: { kind: 'absent', because: `the Secret ${name} has none` };
		},
		change: {
			makes: `the token of that ServiceAccount on the ${to}`,
			...own,
			async apply(context) {
				const who = await account(context);
				const existing = await tokenSecrets(context.world[to], who);
				const created = existing.length > 0 ? undefined : await own.apply(context);
				await filled(context, to, who);
				return created;
			},
			async remains(context) {
				const [first] = await tokenSecrets(context.world[to], await account(context));
				// A rotation has deleted the one that this run made, and undoes its own.
				return first?.object.metadata.labels?.[rotationLabel] !== undefined
					? { kind: 'absent' }
					: own.remains(context);
			},
		},
	};
};

/** Waits until the cluster has filled in one of these Secrets. */
export async function filled(
	{ world, clock, note }: StepContext,
	to: Side,
	who: Account,
	secret: string = tokenSecretName(who.name),
): Promise<void> {
	// Not the person's signal: the Secret exists by now.
	await waitFor({ clock, signal: new AbortController().signal }, issuing, async () => {
		const token = (await tokenSecrets(world[to], who)).find(({ name }) => name === secret)?.token;
		if (!token) {
			note('waiting for the cluster to fill the Secret');
		}
		return token;
	});
}

/** @throws PairingError */
export function refuseThoseOfOthers(to: Side, secrets: readonly TokenSecret[]): void {
	const found = secrets.find(({ object }) => !isOurs(object));
	if (found) {
		fail({
			id: 'token-of-another',
			title: `The ${to} has a Secret ${found.name} that pxpair did not create`,
			side: to,
			evidence: `Secret ${accountNamespace}/${found.name} lacks the label ${ownLabel}`,
			remedies: [answer('Remove it, or give this pair another name', 'pair.name')],
		});
	}
}
