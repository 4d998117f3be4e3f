import type { Sections } from './section.ts';

/** Reaching an API server and logging in to it. */
export const reaching = {
	'bad-request': {
		means: 'The API server answered 400.',
		found: 'The status of a request.',
		helps: 'Compare the versions of pxpair and of the cluster. A proxy in between may change requests.',
	},
	unauthorized: {
		means: 'The API server does not accept the login of the context.',
		found: 'It answered 401.',
		helps:
			'Log in again, or renew the token or certificate in the kubeconfig. `kubectl --context CONTEXT version` shows the same error.',
	},
	forbidden: {
		means: 'The login is valid, but has no permission for this request.',
		found: 'The API server answered 403; the evidence names the request.',
		helps:
			'Ask an administrator for the permission. `pxpair check` lists all that are missing, with the smallest Role that grants them.',
	},
	'policy-denied': {
		means:
			'A policy of the cluster refuses the request: an admission webhook (Kyverno, Gatekeeper), a ValidatingAdmissionPolicy, Pod Security or a quota.',
		found:
			"The API server's answer names the webhook or policy, and its message. Checks find it by a dry run, before anything is changed.",
		helps:
			'Create the object yourself as the policy requires, name another namespace, or ask for an exception. More permissions do not help.',
	},
	'webhook-down': {
		means: 'A webhook that has to decide on the request, or to convert the object, does not answer.',
		found: 'The API server answered 500 and named the webhook.',
		helps: 'Fix the webhook, or ask its owner to; the API server itself is up.',
	},
	'websocket-blocked': {
		means:
			'Commands in pods run over WebSocket, and a gateway, proxy or load balancer does not let the upgrade through.',
		found: 'The upgrade was answered with something that no API server sends.',
		helps:
			'Use the address of the API server itself, or have the gateway pass WebSocket upgrades on. kubectl may still work, since it falls back to SPDY: `pxpair plan -o markdown` prints every step for it.',
	},
	'not-found': {
		means: 'The API server has no such object or resource.',
		found: 'It answered 404.',
		helps: 'Check the name and the namespace, and that the CRD is installed.',
	},
	conflict: {
		means: 'Someone else changed the object at the same moment.',
		found: 'The API server answered 409.',
		helps: 'Run the command again: it reads the object first.',
	},
	invalid: {
		means: 'The API server rejected an object by validation.',
		found: 'It answered 422, with the field.',
		helps:
			'Correct the answer that the field comes from. An admission policy of the cluster may also reject it.',
	},
	'too-many-requests': {
		means: 'The API server is rate-limiting requests.',
		found: 'It answered 429, also when the request was retried.',
		helps: 'Wait, then run the command again.',
	},
	'server-error': {
		means: 'The API server reports an internal error.',
		found: 'It answered 5xx, also when the request was retried.',
		helps: 'Check the health of the control plane, then run the command again.',
	},
	'unexpected-status': {
		means: 'The API server answered with a status that pxpair does not expect.',
		found: 'The status is in the evidence.',
		helps: 'Check whether a proxy answers in place of the API server.',
	},
	'connection-lost': {
		means: 'The connection broke before the answer was complete.',
		found: 'The socket was closed; reads were retried.',
		helps: 'Check VPN, proxy and load balancer, then run the command again.',
	},
	'connection-refused': {
		means: "No process listens at the API server's address and port.",
		found: 'The connection was refused.',
		helps: 'Check the address in the kubeconfig, and that the cluster is running.',
	},
	'host-not-found': {
		means: 'The host name of the API server does not resolve.',
		found: 'DNS on this machine has no such name.',
		helps: 'Check the spelling in the kubeconfig, and that the VPN is connected.',
	},
	'name-service-down': {
		means: 'DNS on this machine does not answer.',
		found: 'The lookup failed temporarily.',
		helps: 'Check the network and the resolver, then run the command again.',
	},
	'connect-timeout': {
		means: "The API server's address does not answer.",
		found: 'The connection was not established in time.',
		helps: 'Check VPN and firewall. A private endpoint is reachable from its own network only.',
	},
	'host-unreachable': {
		means: "There is no route to the API server's host.",
		found: 'The operating system reported it.',
		helps: 'Check VPN, routes and firewall.',
	},
	'network-unreachable': {
		means: "There is no route to the API server's network.",
		found: 'The operating system reported it.',
		helps: 'Check that this machine is online and the VPN is connected.',
	},
	timeout: {
		means: 'A request was not answered in time.',
		found: 'The time limit of the request passed.',
		helps: 'Check the load of the API server and the network between, then run the command again.',
	},
	'not-kubernetes': {
		means: 'Something other than a Kubernetes API server answers at the address.',
		found: 'The answer is not one that Kubernetes gives, such as a web page.',
		helps: 'Check the address and port in the kubeconfig. A login portal or proxy may answer first.',
	},
	'not-tls': {
		means: 'The port does not speak TLS.',
		found: 'The TLS handshake failed with the first bytes.',
		helps: 'Check the port and the scheme of `server` in the kubeconfig.',
	},
	'certificate-expired': {
		means: 'The API server presents an expired certificate.',
		found: 'The TLS handshake.',
		helps: 'Renew the certificate. Check the clock of this machine as well.',
	},
	'certificate-not-yet-valid': {
		means: 'The certificate of the API server is not valid yet.',
		found: 'The TLS handshake.',
		helps: 'Check the clocks of this machine and of the server.',
	},
	'certificate-of-another-host': {
		means: 'The certificate of the API server is for another name.',
		found: 'The TLS handshake.',
		helps: 'Use a name that the certificate contains, or set `tls-server-name` in the kubeconfig.',
	},
	'certificate-unknown': {
		means: 'The certificate is not signed by a CA that the kubeconfig trusts.',
		found: 'The TLS handshake.',
		helps: 'Set `certificate-authority-data` of the cluster in the kubeconfig to the right CA.',
	},
	'identity-unknown': {
		means: "The cluster can't be told apart from others.",
		found: 'The namespace kube-system has no UID that can be read.',
		helps: 'Check that the login may read the namespace kube-system.',
	},
	'same-cluster': {
		means: 'Source and destination are one cluster.',
		found: 'Both have the same UID of kube-system, or the same Portworx cluster UUID.',
		helps: 'Choose two contexts that point to two clusters.',
	},
	cancelled: {
		means: 'The command was stopped while a request was under way.',
		found: 'Ctrl-C or a signal.',
		helps: 'Run it again. Changes that were made are in the record of the run.',
	},
	'plugin-missing': {
		means: 'The program that the kubeconfig logs in with is not installed.',
		found: 'It is not on the PATH of this machine.',
		helps: 'Install it, or correct its path in the kubeconfig.',
	},
	'plugin-not-started': {
		means: 'The login program could not be started.',
		found: 'The operating system refused to start it.',
		helps: 'Check that it is executable and built for this machine.',
	},
	'plugin-failed': {
		means: 'The login program exited with an error.',
		found: 'Its exit status. Its output is not shown, because it may contain secrets.',
		helps:
			'Run `kubectl --context CONTEXT version` and read what it prints; often the session has to be renewed.',
	},
	'plugin-prompts': {
		means: 'The login program needs a person to answer it.',
		found: 'It asked for input, or the kubeconfig says that it always does.',
		helps: 'Run pxpair on a terminal, where the program can ask, or log in once with kubectl first.',
	},
	'plugin-hangs': {
		means: 'The login program did not finish in time.',
		found: 'The time limit passed.',
		helps: 'Run it with kubectl; a browser window may wait for a login.',
	},
	'plugin-nonsense': {
		means: 'The login program printed something other than an ExecCredential.',
		found: 'Its output was parsed.',
		helps: 'Update the program, or correct its arguments in the kubeconfig.',
	},
	'plugin-invalid': {
		means: 'The exec section of the kubeconfig is not valid.',
		found: 'It was read from the kubeconfig.',
		helps: 'Correct `command`, `apiVersion` and `interactiveMode` of the user.',
	},
} as const satisfies Sections;
