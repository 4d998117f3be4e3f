import {
	accountNamespace,
	replacesAnnotation,
	rotationLabel,
	type TokenSecret,
	tokenSecretManifest,
} from '../cluster-pair/account.ts';
import { labelsOf, remainsOf, runLabel } from '../cluster-pair/ownership.ts';
import { secretType } from '../clusters/kubernetes.ts';
import { may } from '../step/permissions-needed.ts';
import type { Step, StepContext } from '../step/step.ts';
import { filled, refuseThoseOfOthers } from '../steps/issue-token.ts';
import { say } from '../steps/kubectl.ts';
import { shell } from '../words/command.ts';
import { docs } from '../words/docs.ts';
import type { Manifest } from '../words/manifest.ts';
import type { Side } from '../words/pair.ts';
import { fail } from '../words/problem.ts';
import { command } from '../words/way.ts';
import type { Affected } from './migrations.ts';
import { readLoginLeft, readPairLogin } from './pair-login.ts';
import { proveToken } from './prove-token.ts';

/** Beside the old one, which stays valid. One of another rotation is left to that. */
export const issueNewToken = ({ way, pair }: Affected, preview: Manifest): Step => {
	const { to } = way;
	const where = { namespace: accountNamespace };
	const why = 'issue a new token for the ServiceAccount of the pair';
	const login = ({ world, runId }: StepContext) => readPairLogin(world, way, pair, runId);
	/** By the UID of the Secret that holds it. */
	let proven: string | undefined;
	return {
		id: `issue-new-token/${to}`,
		title: {
			plan: `Issue a new token for the ServiceAccount on the ${to}`,
			doing: `Waiting for a new token on the ${to}…`,
			holds: `The ServiceAccount has a new token on the ${to}`,
		},
		on: to,
		docs: docs.serviceAccount,
		preview: [
			{ kind: 'manifest', verb: 'create', on: to, manifest: preview },
			say('Ask the API server whose token it is (TokenReview), before anything uses it.'),
		],
		needs: [
			may(to, 'get', secretType, why, where),
			may(to, 'create', secretType, why, where),
			may(to, 'delete', secretType, 'delete the old token of the ServiceAccount', where),
		],
		async check(context) {
			const { account, secrets, fresh, freshName } = await login(context);
			refuseThoseOfOthers(to, secrets);
			const name = `${accountNamespace}/${fresh?.name ?? freshName ?? allTaken(to, secrets)}`;
			if (!fresh?.token) {
				return { kind: 'absent', because: `the Secret ${name} has none yet` };
			}
			const { uid } = fresh.object.metadata;
			if (proven === undefined || proven !== uid) {
				const proof = await proveToken(context, to, account, fresh.token);
				proven = uid;
				return { kind: 'holds', evidence: `in the Secret ${name}; ${proof}` };
			}
			return { kind: 'holds', evidence: `in the Secret ${name}` };
		},
		change: {
			makes: `the new token of the ServiceAccount on the ${to}`,
			async apply(context) {
				const { account, carried, secrets, fresh, freshName } = await login(context);
				const name = freshName ?? allTaken(to, secrets);
				const replaced = secrets.find(({ token }) => token?.equals(carried))?.object.metadata.uid;
				const manifest = tokenSecretManifest(
					account,
					{ ...labelsOf(context.runId), [rotationLabel]: 'true' },
					name,
					replaced === undefined ? {} : { [replacesAnnotation]: replaced },
				);
				// Another rotation that takes the same name at the same time is a conflict, and nothing of it is touched.
				const created = fresh ? undefined : await context.world[to].api.create(secretType, manifest);
				await filled(context, to, account, name);
				return created?.metadata.uid;
			},
			async remains(context) {
				const { fresh, carried } = await readLoginLeft(context.world, way, pair, context.runId);
				if (!fresh) {
					return { kind: 'absent' };
				}
				const isPutBack = context.goneBefore?.has(putBack(fresh.object.metadata.uid)) === true;
				return remainsOf(context, {
					side: to,
					type: secretType,
					name: fresh.name,
					namespace: accountNamespace,
					keep: async () =>
						carried && fresh.token?.equals(carried) && !isPutBack
							? `the ClusterPair ${pair.namespace}/${pair.name} uses it`
							: undefined,
				});
			},
		},
	};
};

/** What the undo of the pair's new login goes by: the pair has the old token then. */
export const putBack = (uid: string | undefined): string => `${uid ?? ''} in the pair`;

/** @throws PairingError: rotations that were given up, or go on elsewhere, and which of them is not known from here. */
const allTaken = (to: Side, secrets: readonly TokenSecret[]): never =>
	fail({
		id: 'tokens-left-over',
		side: to,
		title: `The ServiceAccount of the pair has ${secrets.length} tokens on the ${to}: other rotations are running or were not finished`,
		evidence: secrets
			.map(({ name, object: { metadata } }) => {
				const run = metadata.labels?.[runLabel];
				return `Secret ${accountNamespace}/${name}${run === undefined ? '' : ` of run ${run}`}`;
			})
			.join('; '),
		remedies: [
			command('Undo those that were not finished, where they were started', shell`pxpair undo RUN`),
			'Or delete the Secrets whose tokens no ClusterPair uses, then rotate again.',
		],
		docs: docs.serviceAccount,
	});
