import { destination, type Scenario, source } from './two-clusters.ts';

/** Where the kubeconfig leads, how it logs in, and whether that still works from within the source's pods. */
export const kubeconfigScenarios = {
	'wrong-token': {
		about: "the destination's API server refuses the kubeconfig's token",
		clusters: destination({ access: 'here-with-refused-token' }),
		drill: {
			lesson:
				'Tokens in kubeconfigs expire, and the server then only answers Unauthorized. Log in again, check with kubectl get ns, and run it again: nothing was changed.',
		},
	},
	unreachable: {
		about: "nothing answers where the kubeconfig says the destination's API server is",
		clusters: destination({ access: 'to-closed-port' }),
		drill: {
			lesson:
				'Connection refused means that a machine answered, and that no API server listens on it: the cluster is down, or the address is outdated. A name that does not resolve and a timeout have other causes; the evidence tells them apart.',
		},
	},
	'network-drops': {
		about:
			"connections to the source's API server are cut once, in the middle of a run, and work again afterwards",
		clusters: source({ network: 'drops-once' }),
		drill: {
			lesson:
				'A run that is interrupted keeps what it created, and says so: exit code 3, and a record. Each step checks before it changes anything, so a second run finds what exists and does the rest. In the wizard press r, retry; with pxpair practice --scenario network-drops, use pxpair run again.',
		},
	},
	'same-cluster': {
		about: 'both contexts point to the same cluster',
		clusters: destination({ access: 'to-the-other' }),
		drill: {
			lesson:
				'Two contexts may point to one cluster, under two names. Portworx reports "Cannot create cluster pair with self" only in the last step; the cluster UUIDs show it in the first.',
		},
	},
	'api-hangs': {
		about: "the destination's API server takes connections and never answers",
		clusters: destination({ access: 'to-silence' }),
		drill: {
			lesson:
				'A server that accepts a connection and never answers looks like a slow one. Every request has a time limit, and the error names the cluster.',
		},
	},
	'api-is-a-web-page': {
		about: "a login portal answers in place of the destination's API server",
		clusters: destination({ access: 'to-a-web-page' }),
		drill: {
			lesson:
				'Login portals answer every address with a web page and status 200. Log in to the portal or the VPN, and check again.',
		},
	},
	'api-breaks-off': {
		about: "every answer of the destination's API server ends halfway",
		clusters: destination({ access: 'to-half-answers' }),
		drill: {
			lesson:
				'Answers that end halfway point to a proxy or load balancer with a limit. Reads are retried; if every retry fails, the connection is reported as lost.',
		},
	},
	'api-private': {
		about: "the source's pods are refused where this machine reaches the destination's API server",
		clusters: destination({ apiFromPods: 'refused' }),
		drill: {
			lesson:
				'Your machine and the pods of the source are in different networks: an API server that you reach may be unreachable for them, or be 127.0.0.1. The pair needs an address that the source reaches: --server URL.',
		},
	},
	'api-silent-from-pods': {
		about: "a firewall drops what the source's pods send to the destination's API server",
		clusters: destination({ apiFromPods: 'silent' }),
		drill: {
			lesson:
				'A firewall that drops packets sends no answer: Stork would wait, and report "i/o timeout" in its events after a while. Open 6443 or 443 from the nodes of the source to the API server of the destination, both ways if you pair both ways.',
		},
	},
	'login-plugin': {
		about: 'the kubeconfig logs in to the destination with a program that Stork does not have',
		clusters: destination({ login: 'plugin' }),
		drill: {
			lesson:
				'A login with aws, gcloud or kubelogin runs a program on your machine. Stork would have to run it in its own pod, which lacks it. The token of a ServiceAccount needs no program, and never expires.',
			wayOut: '--service-account',
		},
	},
	'login-auth-provider': {
		about: 'the kubeconfig logs in to the destination with OpenID Connect, whose tokens expire',
		clusters: destination({ login: 'auth-provider' }),
		drill: {
			lesson:
				'An OpenID login in a kubeconfig is a token that expires, and perhaps a refresh token that works once. The pair would get a copy, be Ready, and stop migrating when the token expires. Use a ServiceAccount instead.',
			wayOut: '--service-account',
		},
	},
	'certificate-ending': {
		about: 'the client certificate for the destination expires in three days',
		clusters: destination({ login: 'ending-certificate' }),
		drill: {
			lesson:
				'The login in the pair expires with your certificate, and Stork never checks a Ready pair again: the first sign is a migration that fails. The token of a ServiceAccount never expires.',
			wayOut: '--service-account',
		},
	},
	'token-ending': {
		about: 'the token for the destination expires in an hour',
		clusters: destination({ login: 'ending-token' }),
		drill: {
			lesson:
				'A token that is valid for an hour is enough to pair, and leaves a pair that is Ready and cannot migrate tomorrow. pxpair status detects such a pair; a ServiceAccount avoids it.',
			wayOut: '--service-account',
		},
	},
	'no-ca': {
		about: "the kubeconfig does not check the destination's certificate",
		clusters: destination({ ca: 'unchecked' }),
		drill: {
			lesson:
				'A pair contains the TLS settings of the kubeconfig. With insecure-skip-tls-verify, Stork sends its login to anyone who answers at that address.',
		},
	},
	'through-proxy': {
		about: 'the kubeconfig reaches the destination through a proxy on this machine',
		clusters: destination({ proxy: 'here' }),
		drill: {
			lesson:
				'proxy-url is copied into the pair, and leads Stork to a proxy that only your machine has. Give the address that the source reaches, or a context without a proxy.',
		},
	},
} as const satisfies Record<string, Scenario>;
