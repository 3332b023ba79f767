-- Puts tasks into the queue, each at the end of its user's share but for the places that it is put forward or back; one that
-- is there keeps its place. Repairs what is missing around tasks that are there, and wakes one taker of each kind.
--
-- KEYS[1]  name under which everything lies
-- ARGV[1]  number of urgent classes
-- ARGV     then four words for each task: id, class, user, places that it is put forward
local root, urgent = KEYS[1], tonumber(ARGV[1])
local count = (#ARGV - 1) / 4
local place = redis.call('INCRBY', root .. ':sequence', count) - count
local hurry = false
for i = 2, #ARGV, 4 do
    local class, user = root .. ':' .. ARGV[i + 1], ARGV[i + 2]
    place = place + 1
    hurry = hurry or tonumber(ARGV[i + 1]) < urgent
    if redis.call('ZADD', class .. ':tasks:' .. user, 'NX', place - ARGV[i + 3], ARGV[i]) == 1 then
        redis.call('HINCRBY', root .. ':depth', ARGV[i + 1], 1)
    end
    -- Whoever was away comes in at the present turn: nothing is saved up, and nothing is owed.
    local first = redis.call('ZRANGE', class .. ':users', 0, 0, 'WITHSCORES')
    redis.call('ZADD', class .. ':users', 'NX', first[2] or 0, user)
end
local function wake(token)
    if redis.call('EXISTS', token) == 0 then
        redis.call('RPUSH', token, 1)
    end
end
wake(root .. ':wake')
if hurry then
    wake(root .. ':wake:urgent')
end
