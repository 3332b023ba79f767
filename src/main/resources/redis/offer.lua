-- Puts tasks into the queue, each at the end of its user's share but for its priority; one that is there keeps its place.
-- Repairs what is missing around tasks that are there, and wakes one taker.
--
-- KEYS[1]  name under which everything lies
-- ARGV     four words for each task: id, class, user, places that its priority puts it forward
local root = KEYS[1]
local place = redis.call('INCRBY', root .. ':sequence', #ARGV / 4) - #ARGV / 4
for i = 1, #ARGV, 4 do
    local class, user = root .. ':' .. ARGV[i + 1], ARGV[i + 2]
    place = place + 1
    if redis.call('ZADD', class .. ':tasks:' .. user, 'NX', place - ARGV[i + 3], ARGV[i]) == 1 then
        redis.call('HINCRBY', root .. ':depth', ARGV[i + 1], 1)
    end
    -- Whoever was away comes in at the present turn: nothing is saved up, and nothing is owed.
    local first = redis.call('ZRANGE', class .. ':users', 0, 0, 'WITHSCORES')
    redis.call('ZADD', class .. ':users', 'NX', first[2] or 0, user)
end
if redis.call('EXISTS', root .. ':wake') == 0 then
    redis.call('RPUSH', root .. ':wake', 1)
end
