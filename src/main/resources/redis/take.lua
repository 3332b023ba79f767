-- Takes the most urgent tasks: class after class, within a class users in turn, within a user's share by place.
-- Wakes the next taker when there may be more for it: one that takes everything, or one that takes urgent classes only.
--
-- KEYS[1]  name under which everything lies
-- ARGV[1]  number of classes to take from
-- ARGV[2]  most tasks to take
-- ARGV[3]  number of urgent classes
local root, classes, most, urgent = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local taken = {}
local left
for number = 0, classes - 1 do
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
        left = number
        break
    end
    redis.call('HDEL', root .. ':depth', number)
end
local function wake(token, more)
    if not more then
        redis.call('DEL', token)
    elseif redis.call('EXISTS', token) == 0 then
        redis.call('RPUSH', token, 1)
    end
end
wake(root .. ':wake:urgent', left and left < urgent)
if classes > urgent then
    wake(root .. ':wake', left)
end
return taken
