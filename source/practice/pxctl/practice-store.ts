/**
 * The practice object store, as shell functions of the pretend pxctl. It takes any key, bar these: an account or a secret with WRONG in it,
 * an endpoint with `nowhere` (does not resolve) or `virtual` (refuses path-style) in it, and what the settings say it refuses. Asked
 * over the network it sees signatures instead of secrets, see pod-network/stores.ts.
 */
export const practiceStore = `# Prints why the store refuses; silent when it accepts.
ask_store() {
	host=\${endpoint%%,*}
	case $endpoint in
	*nowhere*) echo "RequestError: send request failed caused by: Get \\"https://$host/\\": dial tcp: lookup \${host%%:*}: no such host" ;;
	*virtual*) [ "$path_style" = no ] || echo "SecondLevelDomainForbidden: Please use virtual hosted style to access. status code: 403, request id: PRACTICE00000001" ;;
	esac
	if account_refused; then
		refuse_account
	elif secret_refused; then
		refuse_secret
	fi
}

account_refused() {
	[ "$store_refuses" != '*' ] || return 0
	case $account in
	*WRONG*) return 0 ;;
	esac
	[ -n "$account" ] && [ "$account" = "$store_refuses" ]
}

secret_refused() {
	case $secret in *WRONG*) return 0 ;; esac
	return 1
}
`;
