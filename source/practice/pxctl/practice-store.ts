/**
 * The practice object store, as shell functions of the pretend pxctl. It takes any key, bar these: an account or a secret with WRONG in it,
 * an endpoint with `nowhere` (does not resolve) or `virtual` (refuses path-style) in it, and what the settings say it refuses. Asked
 * over the network it sees signatures instead of secrets, see pod-network/stores.ts.
 */
export const practiceStore = `# Prints why the store refuses; silent when it accepts.
ask_store() {
	case $provider in
	s3) ask_s3 ;;
	azure) ask_azure ;;
	google) ask_google ;;
	esac
}

ask_s3() {
	host=\${endpoint%%,*}
	request='request id: PRACTICE00000001'
	case $endpoint in
	*nowhere*) echo "RequestError: send request failed caused by: Get \\"https://$host/\\": dial tcp: lookup \${host%%:*}: no such host" ;;
	*virtual*) [ "$path_style" = no ] || echo "SecondLevelDomainForbidden: Please use virtual hosted style to access. status code: 403, $request" ;;
	esac
	if account_refused; then
		echo "InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records. status code: 403, $request"
	elif secret_refused; then
		echo "SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method. status code: 403, $request"
	fi
}

ask_azure() {
	if account_refused; then
		echo "Get \\"https://$account.blob.core.windows.net/?comp=list\\": dial tcp: lookup $account.blob.core.windows.net: no such host"
	elif secret_refused; then
		echo 'RESPONSE 403: 403 Server failed to authenticate the request. ERROR CODE: AuthenticationFailed'
	fi
}

ask_google() {
	if account_refused; then
		echo "googleapi: Error 400: Unknown project id: $account, invalid"
	elif secret_refused; then
		echo 'oauth2: cannot fetch token: 400 Bad Request Response: {"error":"invalid_grant","error_description":"Invalid JWT Signature."}'
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
