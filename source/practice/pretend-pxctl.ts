import { credentialCommands } from './pxctl/credential-commands.ts';
import { practiceStore } from './pxctl/practice-store.ts';
import { providerCommands } from './pxctl/provider-commands.ts';

/**
 * The shell script that replaces `/opt/pwx/bin/pxctl`. It is told by PRACTICE_ROOT where the pod's root is and by PRACTICE_POD in
 * which pod it runs. Its settings and all it keeps are files below `var`, see pxctl/state.ts.
 *
 * It is started thousands of times in the tests: builtins wherever they do, since each external command costs a millisecond.
 */
export const pretendPxctl = `#!/bin/sh
# The practice clusters' stand-in for pxctl. Nothing behind it is real.
root=$PRACTICE_ROOT
var=$root/var
. "$var/settings"
newline='
'
return='\r'
tab='\t'

main() {
	command=$1
	[ $# -gt 0 ] && shift
	case $command in
	status | s) running && cat "$var/status.\${json:-txt}" ;;
	credentials | credential | cred) serving && authorized && credentials "$@" ;;
	cluster) serving && authorized && cluster "$@" ;;
	license) serving && cat "$var/license.txt" ;;
	secrets) serving && secrets "$@" ;;
	version | --version | -v) echo "pxctl version $version-practice" ;;
	'' | help | --help | -h) usage ;;
	*) fail "unknown command \\"$command\\" for \\"pxctl\\"" ;;
	esac
}

usage() {
	echo 'pxctl of a practice cluster'
	echo 'Usage: pxctl status | credentials | cluster | license | secrets | version'
}

running() {
	case " $pods_down " in *" $PRACTICE_POD "*) health=not-running ;; esac
	[ "$health" != not-running ] || { echo "$not_running"; exit 1; }
}

serving() {
	running
	[ "$health" != maintenance ] || { cat "$var/status.txt"; exit 1; }
}

# A cluster without security ignores the token.
authorized() {
	[ -n "$admin_token" ] || return 0
	case $PXCTL_AUTH_TOKEN in
	"$admin_token") ;;
	*"$return"* | *"$newline"*) fail 'stream terminated by RST_STREAM with error code: PROTOCOL_ERROR' ;;
	*) fail 'rpc error: code = PermissionDenied desc = Access denied without authentication token' ;;
	esac
}

cluster() {
	case "$1 $2" in
	'token show') [ -f "$var/cluster-token" ] || new_token; show_token ;;
	'token reset') rm -f "$var/cluster-token" "$var/token-is-stale"; new_token; show_token ;;
	'pair list') pair_list ;;
	'pair create') shift 2; pair_create "$@" ;;
	'pair delete') shift 2; pair_delete "$@" ;;
	*) fail "unknown command \\"$1 $2\\" for \\"pxctl cluster\\"" ;;
	esac
}

show_token() {
	IFS= read -r token < "$var/cluster-token"
	echo "Token is $token"
}

# 64 random bytes; with security a JWT. Two first calls at once must see the same one: only one of them can make the link.
new_token() {
	token=$(od -An -v -tx1 -N64 /dev/urandom | tr -d ' \\n')
	[ -z "$admin_token" ] || token=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.$(printf '{"iss":"practice","jti":"%s"}' "$token" | base64 | tr -d '=\\n' | tr '+/' '-_').$token
	echo "$token" > "$var/cluster-token.$$"
	ln "$var/cluster-token.$$" "$var/cluster-token" 2> /dev/null
	rm -f "$var/cluster-token.$$"
}

pair_list() {
	echo "CLUSTER-ID\${tab}NAME\${tab}ENDPOINT\${tab}CREDENTIAL-ID"
	mark='(default)'
	for file in "$var"/pairs/*; do
		[ -f "$file" ] || continue
		{ IFS= read -r id; IFS= read -r name; IFS= read -r ip; IFS= read -r port; } < "$file"
		echo "$id$mark\${tab}$name\${tab}http://$ip:$port\${tab}clusterPair_$id"
		mark=
	done
}

# The cluster's own management endpoint does the pairing, for this command as for Stork. A pod may have no curl; this one is kept
# for pxctl.
pair_create() {
	ip= remote_port=9001 token=
	while [ $# -gt 0 ]; do
		case $1 in
		--ip | -i) ip=$2 ;;
		--remote-port | -p) remote_port=$2 ;;
		--token | -t) token=$2 ;;
		*) fail "unknown flag: $1" ;;
		esac
		[ $# -ge 2 ] || fail "flag needs an argument: $1"
		shift 2
	done
	case $ip$remote_port$token in *[!A-Za-z0-9._:-]*) fail 'invalid pair options' ;; esac
	[ -n "$ip" ] && [ -n "$token" ] || fail 'required flag(s) "ip", "token" not set'
	answer=$(printf '{"ip":"%s","port":"%s","token":"%s"}' "$ip" "$remote_port" "$token" |
		"$var/curl" -sS --max-time 10 --data-binary @- "http://127.0.0.1:$port/practice/pair" 2>&1)
	case $answer in
	'paired '*) echo "Successfully paired with remote cluster \${answer#paired }" ;;
	*) fail "$answer" ;;
	esac
}

pair_delete() {
	case $1 in --id | -i) shift ;; esac
	case $1 in '' | */*) fail 'required flag(s) "id" not set' ;; esac
	[ -f "$var/pairs/$1" ] || fail "cluster pair $1 not found"
	rm -f "$var/pairs/$1"
	echo "Successfully deleted cluster pair $1"
}

secrets() {
	[ "$1 $2" = 'kvdb login' ] || fail "unknown command \\"$1 $2\\" for \\"pxctl secrets\\""
	rm -f "$var/secrets-closed"
	echo 'Successful Login to Secrets Endpoint!'
}

fail() {
	echo "$1" >&2
	exit 1
}

${credentialCommands}
${providerCommands}
${practiceStore}
# --json may stand anywhere.
json=
left=$#
while [ "$left" -gt 0 ]; do
	case $1 in
	-j | --json) json=json ;;
	--color) ;;
	*) set -- "$@" "$1" ;;
	esac
	shift
	left=$((left - 1))
done
main "$@"
`;
