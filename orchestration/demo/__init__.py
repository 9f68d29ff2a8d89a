"""The demo city: invented figures for every unit of Haicheng, sent in the ways offices really send them.

Belongs here: synthetic data and the run that shows the whole house at work. Does not belong here: anything that a
real deployment uses. No figure, name or date of receipt in it is real (合成数据).
"""
