import { shell } from '../../pairing/words/command.ts';
import { type Remedies, remedies } from '../../pairing/words/problem.ts';
import type { ProblemId } from '../../pairing/words/problem-ids.ts';
import { answer, command, type Remedy, thenRetry } from '../../pairing/words/way.ts';

/** What is told of a refusal, without who was asked for what. */
export type Explanation = Readonly<{
	id: ProblemId;
	title: string;
	remedies: Remedies;
}>;

/** How the API server begins a denial, whatever its code: a webhook chooses 400, 403 or 422 as it likes. */
const denials: readonly Readonly<{ says: RegExp; who: (name: string) => string }>[] = [
	{ says: /admission webhook "([^"]+)" denied the request/, who: name => `the admission webhook ${name}` },
	{
		says: /((?:Valid|Mut)atingAdmissionPolicy '[^']+').* denied request/,
		who: name => `the ${name.replaceAll("'", '')}`,
	},
	{ says: /violates PodSecurity "([^"]+)"/, who: name => `Pod Security (${name})` },
	{ says: /(?:exceeded|failed) quota: ([^,:\s]+)/, who: name => `the ResourceQuota ${name}` },
	// https://github.com/kubernetes/kubernetes/blob/v1.31.4/plugin/pkg/admission/limitranger/admission.go
	{
		says: /((?:minimum|maximum) \S+ usage per \w+ is [^,\]\s]+|\S+ max limit to request ratio per \w+ is [^,\]\s]+)/,
		who: rule => `a LimitRange (${rule})`,
	},
];

/**
 * A policy of the cluster, or the webhook that should have decided: neither is a permission that is missing, nor a bug of ours.
 * @param what the request: `POST /api/v1/namespaces`, `exec in pod NAMESPACE/NAME`
 */
export function explainPolicy(what: string, message: string): Explanation | undefined {
	const [, down] = /failed calling webhook "([^"]+)"/.exec(message) ?? [];
	if (down !== undefined) {
		return {
			id: 'webhook-down',
			title: `can't decide on the request: its admission webhook ${down} does not answer`,
			remedies: [
				thenRetry(`Have the webhook ${down} repaired: the API server itself is up`),
				command(
					'See whose it is',
					shell`kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations`,
				),
			],
		};
	}
	const [, converted] = /conversion webhook for (\S.*?) failed: /.exec(message) ?? [];
	if (converted !== undefined) {
		return {
			id: 'webhook-down',
			title: `can't convert the object: the conversion webhook for ${converted} does not answer`,
			remedies: [
				thenRetry('Have that webhook repaired: the API server itself is up'),
				command(
					'See whose it is',
					shell`kubectl get customresourcedefinitions -o custom-columns=NAME:.metadata.name,WEBHOOK:.spec.conversion.webhook.clientConfig.service`,
				),
			],
		};
	}
	const denial = denials.find(({ says }) => says.test(message));
	if (denial === undefined) {
		return undefined;
	}
	const who = denial.who(denial.says.exec(message)?.[1] ?? '');
	return {
		id: 'policy-denied',
		title: `refuses this by a policy: ${who}`,
		remedies: remedies(
			waysAround(what),
			thenRetry(`Ask for an exception from ${who}: more permissions do not help`),
		),
	};
}

function waysAround(what: string): readonly Remedy[] {
	if (/^exec /.test(what)) {
		return [
			'The policy forbids exec into the Portworx pods, and pxctl runs only there: have exec allowed there.',
		];
	}
	if (/\/namespaces$/.test(what)) {
		return [
			thenRetry('Create the namespace yourself as the policy requires: it is used as it is'),
			answer('Or name another namespace that exists', 'pair.namespace'),
		];
	}
	return /\/(serviceaccounts|clusterrolebindings|secrets)$/.test(what)
		? ['Go without a ServiceAccount for the pair (pair.login: context).']
		: [];
}
