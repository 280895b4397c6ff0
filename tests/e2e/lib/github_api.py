"""A stand-in of GitHub's GraphQL API for the real gh: pull requests of one repository, kept in a file.

usage: github_api.py DIRECTORY: serves on a free port of loopback, which it writes into DIRECTORY/port; requests are
recorded in DIRECTORY/requests, pull requests are in DIRECTORY/pulls.json. As a proxy it takes plain HTTP, which gh speaks
with the host github.localhost.
"""
import http.server
import json
import os
import re
import sys

directory = sys.argv[1]
pulls_file = os.path.join(directory, 'pulls.json')
OWNER = {'id': 'O_1', 'login': 'owner', 'name': 'Owner'}
REPOSITORY = {
    'id': 'R_1', 'name': 'name', 'owner': OWNER, 'description': '', 'hasIssuesEnabled': True, 'hasWikiEnabled': False,
    'viewerPermission': 'ADMIN', 'defaultBranchRef': {'name': 'main', 'target': {'oid': '0' * 40}}, 'parent': None,
    'isPrivate': False, 'mergeCommitAllowed': True, 'rebaseMergeAllowed': True, 'squashMergeAllowed': True,
}


def pulls():
    try:
        with open(pulls_file, encoding='utf-8') as file:
            return json.load(file)
    except FileNotFoundError:
        return []


def keep(all_pulls):
    with open(pulls_file + '.new', 'w', encoding='utf-8') as file:
        json.dump(all_pulls, file)
    os.replace(pulls_file + '.new', pulls_file)


def answer(query, variables):
    operation = re.search(r'(?:query|mutation)\s+(\w+)', query)
    operation = operation.group(1) if operation else ''
    given = variables.get('input', {})
    known = pulls()
    if operation == 'PullRequestList':
        found = [pull for pull in known if pull['headRefName'] == variables.get('headBranch', pull['headRefName'])
                 and pull['state'] in variables.get('state', ['OPEN'])]
        return {'repository': {'pullRequests': {
            'totalCount': len(found), 'nodes': found, 'pageInfo': {'hasNextPage': False, 'endCursor': ''}}}}
    if operation == 'PullRequestByNumber':
        number = variables.get('pr_number', variables.get('number'))
        found = [pull for pull in known if pull['number'] == number]
        return {'repository': {'pullRequest': found[0] if found else None}}
    if operation == 'PullRequestProjectItems':
        page = {'hasNextPage': False, 'endCursor': ''}
        return {'repository': {'pullRequest': {'projectItems': {'nodes': [], 'pageInfo': page}}}}
    if operation == 'PullRequestCreate':
        number = len(known) + 1
        known.append({
            'id': f'PR_{number}', 'number': number, 'state': 'OPEN', 'title': given['title'], 'body': given['body'],
            'url': f'https://github.localhost/owner/name/pull/{number}', 'isDraft': given.get('draft', False),
            'headRefName': given['headRefName'].split(':')[-1], 'baseRefName': given['baseRefName'],
            'headRepositoryOwner': OWNER, 'headRepository': REPOSITORY, 'isCrossRepository': False,
            'assignees': {'nodes': [], 'totalCount': 0}, 'labels': {'nodes': [], 'totalCount': 0},
            'reviewRequests': {'nodes': [], 'totalCount': 0}, 'projectCards': {'nodes': [], 'totalCount': 0},
            'projectItems': {'nodes': [], 'totalCount': 0}, 'milestone': None,
        })
        keep(known)
        return {'createPullRequest': {'pullRequest': known[-1]}}
    if operation == 'PullRequestUpdate':
        for pull in known:
            if pull['id'] == given['pullRequestId']:
                pull.update({key: given[key] for key in ('title', 'body') if key in given})
        keep(known)
        return {'updatePullRequest': {'__typename': ''}}
    return {'repository': REPOSITORY, 'viewer': {'login': 'owner', 'id': 'U_1'}}


class Handler(http.server.BaseHTTPRequestHandler):
    def reply(self, body):
        self.send_response(200)
        self.send_header('content-type', 'application/json')
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def do_POST(self):  # noqa: N802 (the name that http.server wants)
        body = self.rfile.read(int(self.headers.get('content-length', 0))).decode()
        with open(os.path.join(directory, 'requests'), 'a', encoding='utf-8') as file:
            file.write(body + '\n')
        request = json.loads(body)
        self.reply({'data': answer(request['query'], request.get('variables', {}))})

    def do_GET(self):  # noqa: N802
        self.reply({})

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(('127.0.0.1', 0), Handler)
with open(os.path.join(directory, 'port'), 'w', encoding='utf-8') as port:
    port.write(str(server.server_port))
server.serve_forever()
