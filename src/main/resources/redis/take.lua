-- Takes the most urgent tasks: class after class, within a class users in turn, within a user's share by place.
-- Wakes the next taker when there may be more.
--
-- KEYS[1]  name under which everything lies
-- ARGV[1]  number of classes
-- ARGV[2]  most tasks to take
local root, most = KEYS[1], tonumber(ARGV[2])
local taken = {}
local more = false
for number = 0, ARGV[1] - 1 do
    local class = root .. ':' .. number
    local user = redis.call('ZRANGE', class .. ':users', 0, 0)[1]
    while user and #taken < most do
        local task = redis.call('ZPOPMIN', class .. ':tasks:' .. user)[1]
        if task then
            taken[#taken + 1] = task
            redis.call('ZINCRBY', class .. ':users', 1, user)
            redis.call('HINCRBY', root .. ':depth', number, -1)
        else
            -- Kept until now, so that leaving and coming back gives no second turn.
            redis.call('ZREM', class .. ':users', user)
        end
        user = redis.call('ZRANGE', class .. ':users', 0, 0)[1]
    end
    if user then
        more = true
        break
    end
    redis.call('HDEL', root .. ':depth', number)
end
if not more then
    redis.call('DEL', root .. ':wake')
elseif redis.call('EXISTS', root .. ':wake') == 0 then
    redis.call('RPUSH', root .. ':wake', 1)
end
return taken
